import { accessibilityMessages } from './pages/accessibility.ts'
import { accountMessages } from './pages/account.ts'
import { accountingPageMessages } from './pages/accounting.ts'
import { agreementPages } from './pages/agreements.ts'
import { applyMessages } from './pages/apply.ts'
import { bankMessages } from './pages/bank.ts'
import { boxMessages } from './pages/boxes.ts'
import { cataloguePageMessages } from './pages/catalogue.ts'
import { catalogueImportMessages } from './pages/catalogue-import.ts'
import { contestPageMessages } from './pages/contests.ts'
import { coordinatorMessages } from './pages/coordinator.ts'
import { coordinatorListMessages } from './pages/coordinator-lists.ts'
import { coverageMessages } from './pages/coverage.ts'
import { dataMessages } from './pages/data.ts'
import { doneMessages } from './pages/done.ts'
import { frameMessages } from './pages/frame.ts'
import { funderMessages } from './pages/funder.ts'
import { funderListMessages } from './pages/funder-lists.ts'
import { journalMessages } from './pages/journal.ts'
import { methodMessages } from './pages/method.ts'
import { peopleMessages } from './pages/people.ts'
import { phonePageMessages } from './pages/phones.ts'
import { prescriberMessages } from './pages/prescriber.ts'
import { printingPageMessages } from './pages/printing.ts'
import { privacyMessages } from './pages/privacy.ts'
import { publicMessages } from './pages/public.ts'
import { referenceMessages } from './pages/reference.ts'
import { registerMessages } from './pages/registers.ts'
import { releasePageMessages } from './pages/releases.ts'
import { sheetPageMessages } from './pages/sheet.ts'
import { startMessages } from './pages/start.ts'
import { statementMessages } from './pages/statement.ts'
import { stockMessages } from './pages/stock.ts'
import { transparencyMessages } from './pages/transparency.ts'
import { venueMessages } from './pages/venue.ts'

/** What pages say: their frame, and one file for each audience. */
export const pageMessages = {
  ...frameMessages,
  ...doneMessages,
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
  ...registerMessages,
  ...journalMessages,
  ...privacyMessages,
  ...accessibilityMessages,
  ...bankMessages,
  ...accountingPageMessages,
  ...transparencyMessages,
  ...venueMessages,
  ...statementMessages,
  ...referenceMessages,
  ...funderMessages,
  ...funderListMessages,
  ...methodMessages,
  ...coordinatorMessages,
  ...printingPageMessages,
  ...contestPageMessages,
  ...coordinatorListMessages,
  ...coverageMessages,
  ...cataloguePageMessages,
  ...catalogueImportMessages,
}
