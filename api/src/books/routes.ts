import { createRouter } from '../shared/http.ts'
import { boxRoutes } from './box-routes.ts'
import { printRunRoutes } from './print-run-routes.ts'

export const bookRoutes = createRouter().route('/', printRunRoutes).route('/', boxRoutes)
