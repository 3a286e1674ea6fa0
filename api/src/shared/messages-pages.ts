import { frameMessages } from './messages-pages-frame.ts'
import { referenceMessages } from './messages-pages-reference.ts'
import { startMessages } from './messages-pages-start.ts'

/** What pages say: their frame, and one file for each audience. */
export const pageMessages = { ...frameMessages, ...startMessages, ...referenceMessages }
