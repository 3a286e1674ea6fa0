import type { MessageKey } from '../../shared/messages.ts'
import type { PageProps } from '../page-props.tsx'
import type { FieldChange } from './catalogue-view.ts'

/** The names of what a service says, in the form, in the differences and in the cells of a file. */
export const fieldLabels = {
  code: 'editor.service.code',
  themeCode: 'editor.service.theme',
  themeTitle: 'editor.service.theme_title',
  title: 'editor.service.title',
  description: 'editor.service.description',
  level: 'editor.service.level',
  nationalService: 'editor.service.national',
  durationMinutes: 'editor.service.minutes',
  provenance: 'editor.service.provenance',
  retiredOn: 'editor.service.retired_on',
  replacedBy: 'editor.service.replaced_by',
} as const satisfies Record<string, MessageKey>

export const catalogueHome = '/coordination/referentiel'
export const versionHref = (id: string) => `${catalogueHome}/versions/${id}`

const levelKeys: Record<string, MessageKey> = {
  decouverte: 'level.decouverte',
  autonomie: 'level.autonomie',
  approfondissement: 'level.approfondissement',
}

/** A value as people read it. */
export function shownValue({ t, formats }: PageProps, field: FieldChange['field'], value: string): string {
  if (value === '') return '–'
  if (field === 'retiredOn') return formats.day(value)
  const level = field === 'level' ? levelKeys[value] : undefined
  return level ? t(level) : value
}
