import type { Inventory } from './words.ts'

/** Accounting documents. */
const tenYears = 'Ten years, as accounts are kept'

export const money = {
  paying_accounts: { why: 'Accounts that pay', until: tenYears, about: 'organisation' },
  fundings: {
    ...{ why: 'Money that a funder paid', until: tenYears, about: 'organisation' },
    columns: {
      proof: 'Where the bank says so.',
      receivedOn: 'The day it came.',
      recordedBy: 'Who wrote it down.',
      recordedAt: 'When it was written down.',
      fundingCallId: 'For which call.',
    },
  },
  funding_calls: {
    ...{ why: 'What a funder is asked to pay', until: tenYears, about: 'organisation' },
    columns: {
      calledBy: 'Who asked.',
      calledOn: 'The day it was asked.',
      dueOn: 'Until when it is to be paid.',
      amendmentId: 'In which change it was agreed.',
    },
  },
  ledger_accounts: {
    ...{ why: 'Where every euro is', until: tenYears, about: 'organisation' },
    columns: { balanceCents: 'How much is there.' },
  },
  transfers: {
    ...{
      why: 'Every move of money, never finer than a month of an organisation',
      until: tenYears,
      about: 'organisation',
    },
    columns: {
      debitId: 'From where.',
      creditId: 'To where.',
      documentRef: 'Why: the document.',
      bodyHash: 'Tells a repeated posting from another one.',
      postedOn: 'The day it was posted.',
    },
  },
  statements: {
    ...{ why: 'What an organisation earned in a month', until: tenYears, about: 'organisation' },
    columns: { totalCents: 'The whole.', nettedCents: 'What was held back for a debt.' },
  },
  statement_lines: { why: 'A statement by venue and campaign', until: tenYears, about: 'organisation' },
  statement_adjustments: { why: 'What was undone after freezing', until: tenYears, about: 'organisation' },
  statement_reviews: {
    ...{ why: 'Somebody looks before it is paid', until: tenYears, about: 'organisation' },
    columns: { paidBy: 'When it is paid in any case.', decision: 'What was decided.' },
  },
  bank_accounts: {
    ...{ why: 'Where an organisation is paid', until: tenYears, about: 'organisation' },
    columns: {
      submittedBy: 'Who gave it.',
      submittedAt: 'When it was given.',
      verifiedBy: 'Who checked it: somebody else.',
    },
  },
  bank_account_documents: {
    ...{ why: 'The proof that the account is the organisation’s', until: tenYears, about: 'organisation' },
    columns: { bankAccountId: 'Of which account.', mediaType: 'Picture or PDF.' },
  },
  payment_batches: {
    ...{ why: 'The list sent to the bank, by two people', until: tenYears, about: 'organisation' },
    columns: {
      preparedBy: 'Who prepared it.',
      preparedOn: 'The day it was prepared.',
      executesOn: 'The day of the payment.',
      totalCents: 'The whole.',
      messageId: 'Its name at the bank.',
      fileSha256: 'Hash of the file.',
      exportedOn: 'The day the file was made.',
    },
  },
  payouts: {
    ...{ why: 'One payment to one organisation', until: tenYears, about: 'organisation' },
    columns: {
      batchId: 'In which list.',
      endToEndId: 'Its name on both bank statements.',
      bankAccountId: 'To which account.',
      payee: 'To whom, as the bank reads it.',
      bookedProof: 'Where the bank says so.',
      bookedBy: 'Who wrote it down.',
      failedOn: 'The day it came back.',
      failureReason: 'Why it came back.',
    },
  },
  payout_lines: { why: 'Which campaign pays which part', until: tenYears, about: 'organisation' },
  payout_holds: {
    ...{ why: 'Nothing is paid while there is a reason', until: tenYears, about: 'organisation' },
    columns: { openedBy: 'Who stopped it.', until: 'The last day.' },
  },
  bank_files: {
    ...{ why: 'What the bank said, as it came', until: tenYears, about: 'organisation' },
    columns: { version: 'Which form of the standard.', messageId: 'Its name at the bank.' },
  },
  bank_lines: {
    ...{ why: 'What each line of the bank led to', until: tenYears, about: 'organisation' },
    columns: {
      position: 'Its place in the file.',
      bankReference: 'Its name at the bank.',
      direction: 'In or out.',
      happenedOn: 'The day it happened.',
      status: 'What the bank says of it.',
      counterparty: 'Who paid or was paid.',
      remittance: 'What the payer wrote.',
      outcome: 'What it led to.',
      why: 'Why it waits.',
      receiptId: 'Which money it is.',
      settledBy: 'Who settled it.',
      settledOn: 'The day it was settled.',
      settlement: 'How it was settled.',
    },
  },
  bank_balances: {
    ...{ why: 'The bank and the ledger say the same', until: tenYears, about: 'nobody' },
    columns: {
      endsOn: 'Of which day.',
      balanceCents: 'What the bank says.',
      ledgerCents: 'What the ledger said.',
      onTheWayCents: 'Ordered, not yet debited.',
    },
  },
  receipts: {
    ...{ why: 'Money that came', until: tenYears, about: 'organisation' },
    columns: {
      bankReference: 'Its name at the bank.',
      payer: 'Who paid.',
      remittance: 'What the payer wrote.',
      fundingCallId: 'Which call it answers.',
    },
  },
  money_orders: {
    ...{ why: 'Money that moves by a decision of two people', until: tenYears, about: 'organisation' },
    columns: {
      toCampaignId: 'To which campaign.',
      receiptId: 'Which money it is.',
      source: 'From which part of a campaign’s money.',
    },
  },
  account_holders: {
    ...{ why: 'Who invoices for the money on an account', until: tenYears, about: 'organisation' },
    columns: {
      address: 'What stands on its invoices.',
      vatMention: 'What its accountant says of VAT.',
      describedBy: 'Who wrote it.',
      describedOn: 'The day it was written.',
    },
  },
  invoices: {
    ...{ why: 'Invoices and credit notes to funders', until: tenYears, about: 'organisation' },
    columns: {
      year: 'In which row of numbers.',
      fundingCallId: 'Of which call.',
      creditedId: 'Which invoice it credits.',
      feeCents: 'Of it, what the operator asks for its own work.',
      subject: 'What it is for.',
      issuerName: 'Who invoices, on that day.',
      issuerSiret: 'Its official number, on that day.',
      issuerAddress: 'Its address, on that day.',
      vatMention: 'What was said of VAT.',
      customerName: 'Who is invoiced, on that day.',
      customerSiret: 'Its official number, on that day.',
      serviceCode: 'Which of its services, for the public platform.',
      commitmentNumber: 'Its own number for the expense.',
      isForExpiry: 'Whether it is for vouchers that expired.',
      issuedBy: 'Who made it.',
      issuedOn: 'The day it was made.',
    },
  },
  invariant_runs: {
    ...{ why: 'The hourly check of every equation of the money', until: '400 days', about: 'nobody' },
    columns: {
      ranAt: 'When it was checked.',
      brokenChecks: 'What did not hold.',
      checkCount: 'How many equations were checked.',
    },
  },
} satisfies Inventory
