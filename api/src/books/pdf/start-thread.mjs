// A thread knows no TypeScript until it is told, whatever started the server.
import { register } from 'tsx/esm/api'

register()
await import('./printing-thread.ts')
