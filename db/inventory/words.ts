/**
 * Why each column exists and how long it is kept, beside the schema: a column without its line fails a test, and
 * `npm run docs:inventory` makes docs/data-inventory.md of it. A row that could follow a beneficiary has no place here.
 */

/** Whom a row tells of. `use`: one use of a voucher, by nobody; while its month lives, the month's key ties it to its voucher. */
export type About = 'nobody' | 'use' | 'voucher' | 'organisation' | 'worker'

export type TableLines = {
  why: string
  until: string
  about: About
  /** What `words` below does not say. */
  columns?: Record<string, string>
}
export type Inventory = Record<string, TableLines>

/** Columns that mean the same in every table. */
export const words: Record<string, string> = {
  id: 'Names the row. Random or counted, never a time.',
  number: 'The number people say and print.',
  name: 'What it is called.',
  state: 'Where it stands in its life.',
  kind: 'Which of its kinds it is.',
  code: 'Its official code.',
  reason: 'Why it was decided so.',
  amountCents: 'How much, in cents.',
  voucherCount: 'How many vouchers the money stands for.',
  month: 'Which month.',
  day: 'Which day; never finer.',
  campaignId: 'Of which campaign.',
  funderId: 'Of which funder.',
  organisationId: 'Of which organisation.',
  venueId: 'Of which venue.',
  prescriberId: 'Of which prescriber.',
  personId: 'Which person who works in the scheme.',
  membershipId: 'In which role somebody works.',
  boxId: 'Of which box.',
  bookId: 'Of which book.',
  deviceId: 'Of which phone.',
  periodId: 'Of which period.',
  payoutId: 'Of which payout.',
  payingAccountId: 'From or to which account of the operator.',
  versionId: 'Of which version of the catalogue.',
  fileId: 'Of which file of the bank.',
  statementId: 'Of which statement.',
  releaseId: 'Of which release.',
  serviceCode: 'Which service.',
  themeCode: 'Under which theme.',
  communeCode: 'In which commune.',
  themes: 'Which themes it offers.',
  createdOn: 'The day it was made.',
  expiresOn: 'The day it ends by itself.',
  expiresAt: 'When it ends by itself.',
  decidedBy: 'Who decided.',
  decidedOn: 'The day it was decided.',
  openedOn: 'The day it was opened.',
  frozenOn: 'The day it was frozen.',
  liftedBy: 'Who ended it.',
  liftedOn: 'The day it was ended.',
  approvedBy: 'Who approved: another person than who asked.',
  approvedOn: 'The day it was approved.',
  proposedBy: 'Who proposed.',
  proposedOn: 'The day it was proposed.',
  addedBy: 'Who added it.',
  addedOn: 'The day it was added.',
  importedBy: 'Who imported it.',
  importedOn: 'The day it was imported.',
  createdBy: 'Who made it.',
  language: 'French or English.',
  label: 'What its owner calls it.',
  sha256: 'Hash of what was frozen: it can be checked and not changed.',
  content: 'The file as it came.',
  tokenHash: 'Hash of a secret; the secret itself is stored nowhere.',
  table: 'Which table of the whitelist.',
  place: 'Which venue or territory of that table.',
  subject: 'Which service, theme, or all of them.',
  span: 'Which month, quarter or year.',
  vintage: 'Of which year the official list is.',
  iban: 'Where money goes to or comes from.',
  bic: 'The bank of the account.',
  holderName: 'In whose name the account is, to be verified.',
  siret: 'The official number of the organisation.',
  legalName: 'The official name of the organisation.',
  address: 'Where the venue is.',
  postalCode: 'Where the venue is.',
  openingHours: 'When people can come.',
  revokedOn: 'The day it was withdrawn.',
  validFrom: 'From which day it holds.',
  validUntil: 'To which day it holds.',
  bookedOn: 'The day the bank booked it.',
  reference: 'What stands on the bank statement.',
  books: 'How many books: a count.',
  coverNumber: 'What is printed on the cover.',
  firstCover: 'The first cover number.',
  lastCover: 'The last cover number.',
  email: 'Where mails are sent to.',
  role: 'What somebody may do.',
  tenantId: 'For which funder, organisation or prescriber.',
  authorId: 'Who wrote it.',
  body: 'What was written.',
}
