import { createRouter } from '../shared/http.ts'
import { boxRoutes } from './box-routes.ts'
import { prescriberRoutes } from './prescriber-routes.ts'
import { printRunRoutes } from './print-run-routes.ts'
import { stockRoutes } from './stock-routes.ts'

export const bookRoutes = createRouter()
  .route('/', printRunRoutes)
  .route('/', boxRoutes)
  .route('/', prescriberRoutes)
  .route('/', stockRoutes)
