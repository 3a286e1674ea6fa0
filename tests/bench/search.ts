/** How often plain words find a service that a mediator would pick among the first three: on the queries the words were written for, and on others. */
import { measureSearch } from '../helpers/search-measure.ts'

const { missed: known, ...everyday } = measureSearch('everyday-queries.csv')
const { missed, ...heldOut } = measureSearch('held-out-queries.csv')
console.table({ 'everyday queries': everyday, 'queries written before looking': heldOut })
console.log(`Missed: ${[...known, ...missed].join(', ')}`)
