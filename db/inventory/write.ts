import { writeFileSync } from 'node:fs'
import { inventoryDocument } from './document.ts'

writeFileSync('docs/data-inventory.md', inventoryDocument())
