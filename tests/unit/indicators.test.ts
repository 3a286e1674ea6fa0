import { MethodPage } from '@carnet/api/pages/public/method-page.tsx'
import { formatsOf } from '@carnet/api/shared/formats.ts'
import { type Locale, translate } from '@carnet/api/shared/messages.ts'
import { indicators } from '@carnet/api/statistics/indicators.ts'
import { expect, test } from 'vitest'

const page = (locale: Locale) =>
  String(
    MethodPage({
      ...{ t: translate(locale), formats: formatsOf(locale), locale, here: '/methode' },
      ...{ isDemo: false, person: undefined, now: new Date('2026-03-10T09:00:00Z') },
    }),
  )

test.each(['fr', 'en'] as const)('each figure is explained once (%s)', (locale) => {
  const html = page(locale)
  for (const { id } of indicators) expect(html.match(new RegExp(`id="${id}"`, 'g')), id).toHaveLength(1)
})
