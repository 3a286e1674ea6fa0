import { accountMessages } from './messages-pages-account.ts'
import { accountingPageMessages } from './messages-pages-accounting.ts'
import { agreementPages } from './messages-pages-agreements.ts'
import { applyMessages } from './messages-pages-apply.ts'
import { bankMessages } from './messages-pages-bank.ts'
import { boxMessages } from './messages-pages-boxes.ts'
import { cataloguePageMessages } from './messages-pages-catalogue.ts'
import { catalogueImportMessages } from './messages-pages-catalogue-import.ts'
import { contestPageMessages } from './messages-pages-contests.ts'
import { coordinatorMessages } from './messages-pages-coordinator.ts'
import { coordinatorListMessages } from './messages-pages-coordinator-lists.ts'
import { coverageMessages } from './messages-pages-coverage.ts'
import { dataMessages } from './messages-pages-data.ts'
import { frameMessages } from './messages-pages-frame.ts'
import { funderMessages } from './messages-pages-funder.ts'
import { funderListMessages } from './messages-pages-funder-lists.ts'
import { journalMessages } from './messages-pages-journal.ts'
import { peopleMessages } from './messages-pages-people.ts'
import { phonePageMessages } from './messages-pages-phones.ts'
import { prescriberMessages } from './messages-pages-prescriber.ts'
import { printingPageMessages } from './messages-pages-printing.ts'
import { privacyMessages } from './messages-pages-privacy.ts'
import { publicMessages } from './messages-pages-public.ts'
import { referenceMessages } from './messages-pages-reference.ts'
import { releasePageMessages } from './messages-pages-releases.ts'
import { sheetPageMessages } from './messages-pages-sheet.ts'
import { startMessages } from './messages-pages-start.ts'
import { statementMessages } from './messages-pages-statement.ts'
import { stockMessages } from './messages-pages-stock.ts'
import { transparencyMessages } from './messages-pages-transparency.ts'
import { venueMessages } from './messages-pages-venue.ts'

/** What pages say: their frame, and one file for each audience. */
export const pageMessages = {
  ...frameMessages,
  ...agreementPages,
  ...releasePageMessages,
  ...accountMessages,
  ...peopleMessages,
  ...applyMessages,
  ...phonePageMessages,
  ...prescriberMessages,
  ...boxMessages,
  ...stockMessages,
  ...sheetPageMessages,
  ...startMessages,
  ...publicMessages,
  ...dataMessages,
  ...journalMessages,
  ...privacyMessages,
  ...bankMessages,
  ...accountingPageMessages,
  ...transparencyMessages,
  ...venueMessages,
  ...statementMessages,
  ...referenceMessages,
  ...funderMessages,
  ...funderListMessages,
  ...coordinatorMessages,
  ...printingPageMessages,
  ...contestPageMessages,
  ...coordinatorListMessages,
  ...coverageMessages,
  ...cataloguePageMessages,
  ...catalogueImportMessages,
}
