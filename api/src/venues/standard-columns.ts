import { nationalServices } from '../catalogue/national-services.ts'

/**
 * The national standard of places of digital support ("Schéma de données des lieux de médiation numérique", 1.0.2,
 * schema.data.gouv.fr/LaMednum/standard-mediation-num): its 32 columns, in its order.
 */
type Format = 'text' | 'list' | 'number' | 'date'
export type StandardColumn = {
  name: string
  format: Format
  isRequired?: true
  pattern?: RegExp
  maxLength?: number
  /** The largest number either side of zero. */
  furthest?: number
  /** The only values of a list; the first spelling is the one written by an export. */
  values?: readonly string[]
  /** Addresses of the web, that others may make links of. */
  isLink?: true
}

const specificNeeds = [
  'Surdité',
  'Handicaps moteurs',
  'Handicaps mentaux',
  'Illettrisme',
  'Langues étrangères (anglais)',
  'Langues étrangères (autres)',
  'Déficience visuelle',
]

const programmes = [
  'Aidants Connect',
  'Bibliothèques numérique de référence',
  'Certification PIX',
  'Conseillers numériques',
  'Emmaüs Connect',
  'France Services',
  'Grande école du numérique',
  'La Croix Rouge',
  "Point d'accès numérique CAF",
  'Promeneurs du net',
  'Relais numérique (Emmaüs Connect)',
]

const trainingLabels = [
  'Formé à « Mon Espace Santé »',
  'Formé à « DUPLEX » (illettrisme)',
  'Arnia/MedNum BFC (Bourgogne-Franche-Comté)',
  'Collectif ressources et acteurs réemploi (Normandie)',
  'Étapes numériques(La Poste)',
  'Fabriques de Territoire',
  'Les Éclaireurs du numérique (Drôme)',
  'Mes Papiers (Métropole de Lyon)',
  'ORDI 3.0',
  'SUD LABS (PACA)',
]

const waysIn = [
  'Se présenter',
  'Téléphoner',
  'Contacter par mail',
  'Prendre un RDV en ligne',
  "Ce lieu n'accueille pas de public",
  'Envoyer un mail avec une fiche de prescription',
]

const waysOfHelp = ['En autonomie', 'Accompagnement individuel', 'Dans un atelier collectif', 'À distance']

export const standardColumns: readonly StandardColumn[] = [
  { name: 'id', format: 'text', isRequired: true },
  { name: 'pivot', format: 'text', isRequired: true, pattern: /^[a-zA-Z0-9]{9,14}$/ },
  { name: 'nom', format: 'text', isRequired: true },
  { name: 'commune', format: 'text', isRequired: true },
  { name: 'code_postal', format: 'text', isRequired: true, pattern: /^\d{5}$/ },
  { name: 'code_insee', format: 'text', pattern: /^([013-9]\d|2[AB1-9])\d{3}$/ },
  { name: 'adresse', format: 'text', isRequired: true },
  { name: 'complement_adresse', format: 'text' },
  { name: 'latitude', format: 'number', furthest: 90 },
  { name: 'longitude', format: 'number', furthest: 180 },
  { name: 'typologie', format: 'list' },
  {
    name: 'telephone',
    format: 'text',
    pattern: /^(\+33|\+590|\+594|\+262|\+596|\+269|\+687|\+689|\+508|\+681)\d{6,9}$/,
  },
  { name: 'courriels', format: 'list' },
  { name: 'site_web', format: 'list', isLink: true },
  { name: 'horaires', format: 'text' },
  { name: 'presentation_resume', format: 'text', maxLength: 280 },
  { name: 'presentation_detail', format: 'text' },
  { name: 'source', format: 'text' },
  { name: 'itinerance', format: 'list', values: ['Itinérant', 'Fixe'] },
  { name: 'structure_parente', format: 'text' },
  { name: 'date_maj', format: 'date', isRequired: true },
  { name: 'services', format: 'list', values: nationalServices },
  {
    name: 'publics_specifiquement_adresses',
    format: 'list',
    values: ['Jeunes', 'Étudiants', 'Familles et/ou enfants', 'Seniors', 'Femmes'],
  },
  { name: 'prise_en_charge_specifique', format: 'list', values: specificNeeds },
  { name: 'frais_a_charge', format: 'list', values: ['Gratuit', 'Gratuit sous condition', 'Payant'] },
  { name: 'dispositif_programmes_nationaux', format: 'list', values: programmes },
  { name: 'formations_labels', format: 'list', values: trainingLabels },
  { name: 'autres_formations_labels', format: 'list' },
  { name: 'modalites_acces', format: 'list', values: waysIn },
  { name: 'modalites_accompagnement', format: 'list', values: waysOfHelp },
  { name: 'fiche_acces_libre', format: 'text', isLink: true },
  { name: 'prise_rdv', format: 'text', isLink: true },
]
