import type { Mail } from '../mail/mail.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { Context } from '../shared/context.ts'
import { addDays, type Day } from '../shared/days.ts'
import type { NewApplication } from '../venues/application.ts'
import { applyForVenue, confirmApplication } from '../venues/apply-for-venue.ts'
import type { DemoClock } from './demo-clock.ts'

type Applied = { daysAgo: number; application: NewApplication }

/** Two structures that do not exist; the second one applies under the name and address of a venue that is known. */
const applications: readonly Applied[] = [
  {
    daysAgo: 6,
    application: {
      ...{ siret: '99999010000011', legalName: 'Association Le Fil de l’eau (exemple)', venueName: 'Atelier du Fil' },
      ...{ address: '12 rue de la Démonstration', postalCode: '16200', communeCode: '16167', themes: ['A', 'C', 'D'] },
      ...{ openingHours: 'Tu-Fr 09:00-12:00,14:00-17:30; Sa 09:30-12:30', labels: ['Aidants Connect'], language: 'fr' },
      ...{ contactName: 'Lucie Marchand', contactEmail: 'lucie.marchand@demo.example' },
    },
  },
  {
    daysAgo: 2,
    application: {
      ...{
        siret: '99999020000019',
        legalName: 'Coopérative Les Bons Clics (exemple)',
        venueName: 'UDAF de la Charente',
      },
      ...{ address: '73 rue Joseph Niépce', postalCode: '16000', communeCode: '16015', themes: null },
      ...{ openingHours: null, labels: [], language: 'fr' },
      ...{ contactName: 'Yanis Petit', contactEmail: 'yanis.petit@demo.example' },
    },
  },
]

/** They apply as anybody does, and type the code of their mail, which goes nowhere. */
export async function applyToJoin(operator: Context, clock: DemoClock, today: Day): Promise<void> {
  for (const { daysAgo, application } of applications) {
    clock.set(addDays(today, -daysAgo))
    const { mailer, code } = catchCode()
    const followToken = await applyForVenue(operator, application, { mailer, publicUrl: '', report: () => {} })
    await confirmApplication(operator, followToken, await code)
  }
}

/** A mailer for one mail, and the code that it held. */
function catchCode(): { mailer: Mailer; code: Promise<string> } {
  let tell: (code: string) => void = () => {}
  const code = new Promise<string>((resolve) => {
    tell = resolve
  })
  const send = async ({ text }: Mail) => tell(/\b\d{8}\b/.exec(text.replace(/(\d)\s(?=\d)/g, '$1'))?.[0] ?? '')
  return { mailer: { send, close: () => {} }, code }
}
