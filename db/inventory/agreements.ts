import type { Inventory } from './words.ts'

const accounts = 'Ten years after the campaign, with its accounts'

/** What both sides agree while a campaign runs, and how it ends. */
export const agreements = {
  amendments: {
    ...{ why: 'What funders changed of an agreement', until: accounts, about: 'worker' },
    columns: { endsOn: 'The new last day.', budgetedBooks: 'The new number of books.' },
  },
  amendment_signatures: {
    ...{ why: 'Each funder’s signature under such a change', until: accounts, about: 'worker' },
    columns: { amendmentId: 'Under which change.', signedBy: 'Who signed for it.', signedOn: 'The day it signed.' },
  },
  balance_alerts: {
    ...{ why: 'The money left was too little: told once', until: accounts, about: 'nobody' },
    columns: { raisedOn: 'The day it was told.', clearedOn: 'The day there was enough again.' },
  },
  ending_steps: {
    ...{ why: 'What was done on the way to the last day', until: accounts, about: 'nobody' },
    columns: {
      endsOn: 'Towards which last day.',
      step: 'Which step.',
      doneOn: 'The day it was done.',
      mailCount: 'How many mails were sent.',
      issuedBooks: 'A count at the first alert.',
      handedOutBooks: 'A count at the first alert.',
      startedBooks: 'A count at the first alert, as of the last sealed month; none below eleven.',
    },
  },
  ending_signatures: {
    ...{ why: 'What a funder approved on the way to the last day', until: accounts, about: 'worker' },
    columns: {
      endsOn: 'Towards which last day.',
      act: 'What it approved.',
      signedBy: 'Who signed for it.',
      signedOn: 'The day it signed.',
    },
  },
  joint_statements: {
    ...{ why: 'What both sides state of a campaign that is over', until: accounts, about: 'worker' },
    columns: {
      content: 'The text both sides signed.',
      madeOn: 'The day it was made.',
      coordinatorId: 'Who signed for the coordination.',
      coordinatorSignedOn: 'The day the coordination signed.',
      signerId: 'Who signed for the funder.',
      funderSignedOn: 'The day the funder signed.',
    },
  },
  leftover_declarations: {
    ...{ why: 'Covers that a prescriber still had', until: accounts, about: 'worker' },
    columns: {
      endsOn: 'Towards which last day.',
      ranges: 'Which covers.',
      declaredBy: 'Who counted them.',
      declaredOn: 'The day they were counted.',
    },
  },
} satisfies Inventory
