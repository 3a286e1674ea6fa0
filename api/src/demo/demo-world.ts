/**
 * The living world that the demo starts with: who is in it, what they agreed, and how a year of it went. Nothing here is a real
 * agreement or a real use; the venues, the services and the communes are real.
 */
import type { DemoPerson } from '../accounts/demo-accounts.ts'
import type { FunderKind } from '../funders/funder.ts'

export const department = '16'
export const payingAccount = {
  name: 'Compte de cantonnement Charente',
  iban: 'FR7630001007941234567890185',
  bic: 'BDFEFRPPCCT',
  holderName: 'Démonstration chèques numériques',
}

/** Who invoices for the money on that account; no such SIRET exists, here and below. */
export const issuer = {
  siret: '99999008800018',
  address: '1 place de la Démonstration, 16000 Angoulême',
  vatMention:
    'Bons à usages multiples : hors du champ de la TVA. Exemple, à remplacer par la phrase de votre comptable.',
}

export type DemoFunder = { key: string; name: string; kind: FunderKind; siret: string; person: string; email: string }
export const demoFunders: readonly DemoFunder[] = [
  {
    key: 'state',
    name: 'Préfecture de la Charente',
    kind: 'state',
    siret: '99999001300016',
    person: 'Nadia Ferrand',
    email: 'nadia.ferrand@demo.example',
  },
  {
    key: 'department',
    name: 'Département de la Charente',
    kind: 'department',
    siret: '99999002100019',
    person: 'Paul Garnier',
    email: 'paul.garnier@demo.example',
  },
  {
    key: 'ccas',
    name: 'CCAS d’Angoulême',
    kind: 'ccas',
    siret: '99999003900011',
    person: 'Sophie Lambert',
    email: 'sophie.lambert@demo.example',
  },
]

export const staff = {
  coordinator: { name: 'Camille Aubry', email: 'camille.aubry@demo.example' },
  secondCoordinator: { name: 'Driss Benali', email: 'driss.benali@demo.example' },
  financeApprover: { name: 'Élise Caron', email: 'elise.caron@demo.example' },
  auditor: { name: 'Henri Delmas', email: 'henri.delmas@demo.example' },
  prescriber: { name: 'Inès Roux', email: 'ines.roux@demo.example' },
  venueManager: { name: 'Jeanne Morel', email: 'jeanne.morel@demo.example' },
} as const

export const prescribers = [
  'Maison départementale des solidarités d’Angoulême',
  'Accueil de jour et maraudes d’Angoulême',
] as const

export type DemoCampaign = {
  name: string
  parts: readonly { funder: string; partCents: number }[]
  books: number
  /** Of the months told back from today's: 12 is a year ago. */
  startedMonthsAgo: number
  /** Its last day, in days from today. */
  endsInDays: number
  graceDays: number
  targetPublic: string
  objectives: string
  contextNote: string
  /** Days counted from its last one. */
  targets: readonly { indicator: 'vouchers_used' | 'books_handed_out'; target: number; inDays: number }[]
  /** What was noted and decided since, by how many months ago. */
  course: readonly { monthsAgo: number; kind: 'note' | 'decision'; body: string }[]
  prescriber: (typeof prescribers)[number]
  /** How many of its books were handed out, and the share of their vouchers that was used. */
  handedOut: number
  used: number
  /** The last books of its last box did not arrive with the others. */
  missingCovers?: number
}

export const demoCampaigns: readonly DemoCampaign[] = [
  {
    name: 'Premiers pas numériques en Charente',
    parts: [
      { funder: 'department', partCents: 350 },
      { funder: 'state', partCents: 650 },
    ],
    books: 300,
    startedMonthsAgo: 12,
    endsInDays: 160,
    graceDays: 31,
    targetPublic: 'Personnes suivies par les services sociaux du Département, souvent sans ordinateur',
    objectives: 'Rendre 250 foyers capables de faire seuls leurs démarches courantes',
    contextNote:
      'Les travailleurs sociaux remettent le carnet en rendez-vous et prennent le premier atelier avec la personne. Montée en charge lente jusqu’en janvier, creux en août : les lieux ferment.',
    targets: [
      { indicator: 'vouchers_used', target: 2400, inDays: -150 },
      { indicator: 'vouchers_used', target: 2700, inDays: 0 },
      { indicator: 'books_handed_out', target: 290, inDays: -15 },
    ],
    course: [
      { monthsAgo: 9, kind: 'note', body: 'Six lieux de plus, dans le sud du département' },
      { monthsAgo: 5, kind: 'decision', body: 'Trente carnets passent du siège aux permanences de Cognac' },
      { monthsAgo: 3, kind: 'note', body: 'Congés : la plupart des lieux sont fermés trois semaines' },
      {
        monthsAgo: 1,
        kind: 'note',
        body: 'La reprise est nette depuis septembre. Deux personnes sur trois reviennent pour une démarche précise, puis restent pour apprendre : le rythme tient sans relance.',
      },
    ],
    prescriber: prescribers[0],
    handedOut: 270,
    used: 0.8,
  },
  {
    name: 'Maraudes connectées à Angoulême',
    parts: [{ funder: 'ccas', partCents: 1000 }],
    books: 100,
    startedMonthsAgo: 9,
    endsInDays: 200,
    graceDays: 31,
    targetPublic: 'Personnes sans abri rencontrées en maraude ou à l’accueil de jour',
    objectives: 'Une adresse e-mail et un coffre-fort numérique pour 60 personnes',
    contextNote:
      'Un chèque utilisé sur cinq est un bon résultat ici : les carnets sont donnés dans la rue, à des personnes qui n’ont souvent ni téléphone ni rendez-vous. Chaque atelier compte pour lui-même.',
    targets: [{ indicator: 'vouchers_used', target: 260, inDays: 0 }],
    course: [{ monthsAgo: 2, kind: 'decision', body: 'L’accueil de jour remet le carnet au deuxième passage' }],
    prescriber: prescribers[1],
    handedOut: 80,
    used: 0.2,
    missingCovers: 2,
  },
  {
    name: 'Essai en Charente limousine',
    parts: [{ funder: 'department', partCents: 1000 }],
    books: 50,
    startedMonthsAgo: 7,
    endsInDays: -1,
    graceDays: 0,
    targetPublic: 'Retraités adressés par les mairies',
    objectives: 'Mesurer la demande avant une campagne plus large',
    contextNote:
      'Essai court, sans délai de grâce, dans des communes sans lieu de médiation : le trajet pèse sur l’usage.',
    targets: [],
    course: [],
    prescriber: prescribers[0],
    handedOut: 40,
    used: 0.45,
  },
]

/** How busy a calendar month is, January first: ramp-up apart, summer is quiet. */
export const seasons = [9, 9, 10, 9, 8, 8, 4, 2, 8, 10, 10, 7] as const
export const monthsOfLife = 12

/** Services that a mediator would recognise, most used first; all others share the rest. */
export const usualServices = ['A01', 'D01', 'D04', 'C01', 'B01', 'G01', 'D07', 'A05', 'D10', 'E01'] as const

export function listDemoPeople(tenants: {
  funderIds: ReadonlyMap<string, string>
  prescriber: { id: string; name: string }
  organisation: { id: string; name: string }
}): DemoPerson[] {
  const scheme = { tenantId: null, organisation: null }
  return [
    { ...staff.coordinator, role: 'coordinator', ...scheme },
    { ...staff.secondCoordinator, role: 'coordinator', ...scheme },
    { ...staff.financeApprover, role: 'finance_approver', ...scheme },
    ...demoFunders.map(
      ({ key, name, person, email }): DemoPerson => ({
        name: person,
        email,
        role: 'funder',
        tenantId: tenants.funderIds.get(key)!,
        organisation: name,
      }),
    ),
    {
      ...staff.venueManager,
      role: 'venue_manager',
      tenantId: tenants.organisation.id,
      organisation: tenants.organisation.name,
    },
    { ...staff.prescriber, role: 'prescriber', tenantId: tenants.prescriber.id, organisation: tenants.prescriber.name },
    { ...staff.auditor, role: 'auditor', ...scheme },
  ]
}
