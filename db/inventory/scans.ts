import type { Inventory } from './words.ts'

const sealed = 'Destroyed with its month: 31 to 59 days after the month’s end, 90 days at most'
const untilCampaign = 'As long as the campaign’s accounts'

export const scans = {
  redemptions: {
    ...{ why: 'To pay the venue and undo a mistake', until: sealed, about: 'use' },
    columns: {
      tag: 'Keeps a voucher from being used twice. Without the month’s key it leads to no voucher.',
      isTyped: 'A code that was typed may be a mistake: it is counted for reviews.',
      cellKey: 'Random: decides how a published count is rounded, always the same way.',
      day: 'The day that the phone said, for the end of validity; never the hour.',
      state: 'Accepted or undone.',
    },
  },
  scan_receipts: {
    ...{ why: 'To give a phone the same answer twice when the network failed', until: sealed, about: 'use' },
    columns: {
      scanId: 'The phone’s own random number of the request.',
      bodyMac: 'Tells a repeated request from another one; under the month’s key.',
      tag: 'Finds the redemption to undo.',
      outcome: 'The answer.',
      wasUsedHere: 'Whether the same venue had used it that day, to say so kindly.',
      isReversed: 'Whether it was undone.',
    },
  },
  answers: {
    ...{ why: 'To repeat the first answer of a sealed month', until: '13 months', about: 'nobody' },
    columns: {
      answerMac: 'The request’s number under a key: the number itself is gone.',
      outcome: 'The answer, without venue, service or voucher.',
      isReversed: 'Whether it was undone.',
      keptUntil: 'When it is deleted: the end of a month.',
    },
  },
  contests: {
    ...{
      why: 'A venue disagrees with a refusal, and a coordinator answers',
      until: '90 days after the answer',
      about: 'organisation',
    },
    columns: {
      answerMac: 'Lets the phone ask for the answer: its number of the request under a key. It leads to no voucher.',
      day: 'The day of the refused scan, as the phone said.',
      refusal: 'Why the voucher was refused.',
      reason: 'Why the venue disagrees: one of four, nothing is typed.',
      askedOn: 'The day it was contested.',
      answer: 'Why the refusal stays: one of five, nothing is typed.',
      orderId: 'The payment that two people decide, of one face value. It names no scan.',
    },
  },
  retold_scans: {
    ...{
      why: 'To see what a restored backup had lost and phones told again',
      until: '60 days',
      about: 'organisation',
    },
    columns: {
      day: 'The day they arrived again.',
      accepted: 'How many were accepted again.',
      refused: 'How many are refused now.',
    },
  },
  vouchers: {
    ...{ why: 'To know a voucher when it is scanned', until: untilCampaign, about: 'voucher' },
    columns: {
      codeMac: 'The code under a key: the code itself is stored nowhere.',
      blockHash: 'Lets phones refuse a book that was reported lost; encrypted until then.',
      isSpent: 'Used or not. Written for all vouchers of a campaign at once, when a month is sealed.',
    },
  },
  books: {
    ...{ why: 'To stop a lost book by its cover', until: untilCampaign, about: 'voucher' },
    columns: { isBlocked: 'Whether it was reported lost.' },
  },
  boxes: {
    ...{ why: 'To follow deliveries and activate against money', until: untilCampaign, about: 'nobody' },
    columns: {
      printRunId: 'From which print run.',
      prescriberId: 'Which organisation it was sent to, never which person books went to.',
      dispatchedBy: 'Who sent it.',
      dispatchedOn: 'The day it was sent.',
      deliveredBy: 'Who said that it arrived: somebody else.',
      deliveredOn: 'The day it arrived.',
      goodSamples: 'How many sample vouchers were read well.',
      missingBooks: 'How many of its books are worth nothing with it: they did not arrive with the others.',
      activatedOn: 'The day its vouchers became worth money.',
    },
  },
  print_runs: {
    ...{ why: 'Two people order a print run', until: untilCampaign, about: 'nobody' },
    columns: {
      bookCount: 'How many books.',
      booksPerBox: 'How many books in a box.',
      kid: 'Which signing key is on the vouchers.',
      ageRecipient: 'The printer’s public key.',
      printedLastDay: 'The last day printed on the vouchers.',
      face: 'Names and pictures on the paper, fixed with its proof.',
      requestedBy: 'Who ordered.',
      requestedOn: 'The day it was ordered.',
      proofApprovedBy: 'Who approved the proof.',
      generatedOn: 'The day the codes were drawn.',
      artefactSha256: 'Hash of the print file, so that it can be made again and compared.',
      receiptConfirmedOn: 'The day the printer confirmed; the key of the run is destroyed then.',
    },
  },
  stop_orders: {
    ...{ why: 'A lost or stolen book is stopped', until: untilCampaign, about: 'nobody' },
    columns: {
      askedBy: 'Which side asked for it; never the person who held a book.',
      isFromStock: 'Whether the books lay in a stock and had been given to nobody.',
      orderedBy: 'Who stopped it.',
      orderedOn: 'The day it was stopped.',
    },
  },
  handouts: {
    ...{ why: 'To count books handed out per prescriber and month', until: untilCampaign, about: 'nobody' },
    columns: {
      books: 'How many. To whom is asked nowhere: there is no field for it.',
      replacements: 'How many were given in the place of lost ones; in the place of which is written nowhere.',
    },
  },
  delivery_gaps: {
    ...{ why: 'Books that did not arrive with their box', until: untilCampaign, about: 'nobody' },
    columns: {
      reportedBy: 'Who said that they were missing.',
      reportedOn: 'The day they were missing.',
      settledBy: 'Who said that they arrived, or were lost.',
      settledOn: 'The day of that.',
      activatedOn: 'The day their vouchers became worth money.',
    },
  },
  stock_moves: {
    ...{ why: 'Unused books that go from one stock to another', until: untilCampaign, about: 'nobody' },
    columns: {
      fromPrescriberId: 'Which prescriber gave them back.',
      toPrescriberId: 'Which prescriber they were sent to.',
      declaredBy: 'Who sent them.',
      declaredOn: 'The day they were sent.',
      receivedBy: 'Who received them: somebody else.',
      receivedOn: 'The day they were received.',
      cancelledOn: 'The day it was taken back.',
    },
  },
  stock_counts: {
    ...{ why: 'What somebody counted on a shelf', until: untilCampaign, about: 'nobody' },
    columns: {
      expected: 'How many books should have been there.',
      counted: 'How many were. Which ones is not kept: the others were handed out.',
      countedBy: 'Who counted.',
      countedOn: 'The day of the count.',
    },
  },
  book_requests: {
    ...{ why: 'A prescriber asks for more books', until: untilCampaign, about: 'organisation' },
    columns: {
      books: 'How many.',
      requestedBy: 'Who asked.',
      requestedOn: 'The day of the request.',
    },
  },
  periods: {
    ...{ why: 'A month of scans and its life', until: 'For ever', about: 'nobody' },
    columns: {
      closedOn: 'The day it was closed.',
      sealedOn: 'The day its rows and its key were destroyed.',
      sealedAuditHash: 'Hash of the audit line that proves it, shown on /confidentialite.',
      isAbandoned: 'Whether its key was lost.',
    },
  },
  period_folds: {
    ...{ why: 'How finely services are told, decided once', until: 'For ever', about: 'nobody' },
    columns: { fold: 'By service, by theme, or not at all.' },
  },
  period_abandonments: {
    ...{ why: 'Two people give up a month whose key is lost', until: 'For ever', about: 'worker' },
    columns: { confirmedBy: 'The second person.', confirmedOn: 'The day of the second signature.' },
  },
  sealed_campaigns: {
    ...{ why: 'Sealing does nothing twice', until: 'For ever', about: 'nobody' },
    columns: { acceptedCount: 'How many uses the month had.', isCounted: 'Whether they are in the totals.' },
  },
  whitelist_counts: {
    ...{ why: 'The totals that a sealed month leaves', until: 'For ever', about: 'nobody' },
    columns: {
      redemptions: 'How many uses. Published only rounded, and never under 11.',
      cellKey: 'Sum of random numbers: decides the rounding.',
    },
  },
  releases: {
    ...{ why: 'A month’s publication, frozen', until: 'For ever', about: 'nobody' },
    columns: { threshold: 'Below it no count was told.' },
  },
  release_cells: {
    ...{ why: 'What was published', until: 'For ever', about: 'nobody' },
    columns: { status: 'Published, rounded or too small to be told.', value: 'The published number, if any.' },
  },
  release_revisions: {
    ...{ why: 'What was found wrong in a publication', until: 'For ever', about: 'nobody' },
    columns: { note: 'What is wrong, in words.', revisedOn: 'The day it was found.' },
  },
} satisfies Inventory
