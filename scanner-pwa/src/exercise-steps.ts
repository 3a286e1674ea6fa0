/** The first day, in five steps: each names what the phone will show. */
import type { Silhouette } from './shown.ts'

export const exerciseSteps: readonly { name: 'scan' | 'again' | 'offline' | 'type' | 'undo'; shows: Silhouette }[] = [
  { name: 'scan', shows: 'accepted' },
  { name: 'again', shows: 'used_here' },
  { name: 'offline', shows: 'kept' },
  { name: 'type', shows: 'accepted' },
  { name: 'undo', shows: 'undone' },
]
