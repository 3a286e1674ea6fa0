/**
 * Every advisory lock of the database, by number: two uses of one number would wait for each other for nothing, or worse, in a
 * circle. Those marked are taken in the SQL of the migrations too.
 */
export const locks = {
  /** Migrations, one process at a time (db/migrate.ts). */
  migrations: 7200,
  /** Shared by every scan, exclusive for a period's steps (SQL). */
  periods: 7201,
  /** With a scan id: copies of one scan (SQL). */
  scanId: 7202,
  /** The audit chain is serial; taken until commit, so recordAudit comes last in its transaction (SQL). */
  auditChain: 7203,
  /** Making partitions (SQL). */
  partitions: 7206,
  /** With a paying account: its postings and whoever decides from its balances (SQL). */
  payingAccount: 7208,
  statementNumbers: 7209,
  cataloguePublication: 7210,
  venueImports: 7211,
  campaignNumbers: 7212,
  covers: 7213,
  stopOrders: 7214,
  batchNumbers: 7215,
  /** With a tenant: who joins and who leaves. */
  people: 7216,
  /** One file of the bank at a time. */
  bankFiles: 7217,
  /** Numbers of invoices and credit notes follow each other without a gap. */
  invoiceNumbers: 7218,
  /** With a funder, or 'scheme': its current logo is replaced by one at a time. */
  logos: 7219,
  /** Held by a session while it works; never waited on. */
  opening: 7231,
  sealing: 7232,
  monthJob: 7233,
  campaignsJob: 7234,
  cleaningJob: 7235,
  moneyJob: 7237,
  releaseJob: 7239,
  /** With an address: the codes it is sent are counted one at a time. */
  signInCodes: 7241,
  /** With a person: adding and removing passkeys; ending sessions, so that none is replaced by a new one meanwhile. */
  passkeys: 7242,
  /** The monthly mail of the audit log's head, once. */
  auditHeadMail: 7243,
  /** The mails about the next payment, once. */
  paymentWarnings: 7258,
} as const
