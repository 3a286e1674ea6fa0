import type { Inventory } from './words.ts'

const whileDecisions = 'While accounts rest on what the person decided'
const whilePhone = 'While the phone’s organisation takes part'

export const people = {
  people: {
    ...{ why: 'To know who decided. Only people who work in the scheme.', until: whileDecisions, about: 'worker' },
    columns: { name: 'What the person is called.', isActive: 'Whether the person may still sign in.' },
  },
  memberships: {
    ...{ why: 'What a person may do, and for whom', until: whileDecisions, about: 'worker' },
    columns: { sinceOn: 'Since which day.', endedOn: 'The day it ended.', endedBy: 'Who ended it.' },
  },
  invitations: {
    ...{ why: 'Somebody is asked to work in the scheme', until: '180 days after it ended', about: 'worker' },
    columns: {
      invitedBy: 'Who invited.',
      invitedOn: 'The day of the invitation.',
      sentOn: 'The day its mail was last sent.',
    },
  },
  sessions: {
    ...{ why: 'Somebody stays signed in', until: '7 days at most; 12 hours for those who move money', about: 'worker' },
    columns: {
      createdAt: 'When somebody signed in.',
      authenticatedAt: 'When somebody last proved who they are.',
      method: 'How somebody signed in.',
      seenAt: 'When it was last used, so that an idle one ends.',
      browser: 'A name such as "Firefox on Linux", so that its owner knows it again.',
      idToken: 'What signing out at a provider needs.',
    },
  },
  sign_in_attempts: {
    ...{ why: 'A sign-in under way', until: 'About an hour', about: 'worker' },
    columns: {
      browserHash: 'Binds it to the browser that began it.',
      addressHash: 'Limits how often codes are asked for one address.',
      codeHash: 'Compares the code that is typed.',
      tries: 'How many wrong codes.',
      returnTo: 'Which page to go back to.',
      createdAt: 'When it began.',
      usedAt: 'When it was used: once.',
    },
  },
  passkeys: {
    ...{ why: 'To sign in without a password', until: 'Until the person removes it', about: 'worker' },
    columns: {
      credentialId: 'Which passkey it is.',
      publicKey: 'Checks a signature; signs nothing.',
      counter: 'Going back tells of a copy.',
      transports: 'How the browser reaches it.',
      lastUsedOn: 'The day it was last used.',
    },
  },
  oidc_identities: {
    ...{ why: 'To sign in through a provider such as ProConnect', until: whileDecisions, about: 'worker' },
    columns: { issuer: 'Which provider.', subject: 'Who the person is there.' },
  },
  api_tokens: {
    ...{ why: 'A program works for a person', until: '30 days after its end', about: 'worker' },
    columns: { scopes: 'What it may do.', lastUsedOn: 'The day it was last used.' },
  },
  idempotent_answers: {
    ...{ why: 'A write that is sent twice is done once', until: '30 days', about: 'worker' },
    columns: {
      key: 'The program’s own name of the request.',
      requestHash: 'Tells a repeated request from another one.',
      status: 'The answer that is repeated.',
      contentType: 'The answer that is repeated.',
      body: 'The answer that is repeated.',
    },
  },
  audit_log: {
    ...{
      why: 'Every decision can be proved. Never a scan.',
      until: 'For ever: a chain that lacks a line proves nothing',
      about: 'worker',
    },
    columns: {
      seq: 'Its place in the chain.',
      at: 'When the decision was taken.',
      actor: 'In which role.',
      action: 'What was done.',
      details: 'To what, and how much.',
      previousHash: 'The line before.',
      hash: 'Chains the lines: a change would show.',
    },
  },
  mails: {
    ...{ why: 'Mails leave even when the mail server was away', until: '30 days', about: 'worker' },
    columns: {
      recipient: 'To whom.',
      template: 'Which text.',
      facts: 'What stands in it; never a sign-in code.',
      attempts: 'How often it was tried.',
      nextAttemptAt: 'When it is tried next.',
      sentOn: 'The day it left.',
    },
  },
  demo_sign_ins: { why: 'One click into the demo', until: 'Exists in the demo alone', about: 'worker' },
  venue_applications: {
    ...{
      why: 'A structure asks to become a venue',
      until: '2 days without an answer; name and e-mail 6 months after the decision',
      about: 'worker',
    },
    columns: {
      venueName: 'What the venue is called.',
      contactName: 'Whom to answer.',
      contactEmail: 'Where to answer.',
      labels: 'Which labels it says it has.',
      followHash: 'Lets the browser that sent it follow it.',
      codeHash: 'Compares the code that is typed.',
      codeExpiresAt: 'When the code ends.',
      codeTries: 'How many wrong codes.',
      submittedOn: 'The day it was sent.',
      confirmedOn: 'The day its address answered.',
    },
  },
  devices: {
    ...{ why: 'A phone that may scan or count', until: whilePhone, about: 'organisation' },
    columns: {
      publicKey: 'Checks what the phone signs.',
      enrolledOn: 'The day it was added.',
      lastSeenOn: 'The day it last spoke; never the hour.',
    },
  },
  enrolment_tokens: {
    ...{ why: 'To add a phone', until: '10 minutes; deleted the next night', about: 'organisation' },
    columns: { usedOn: 'The day it was used: once.' },
  },
  device_progress: {
    ...{ why: 'Which scans a phone still owes', until: whilePhone, about: 'organisation' },
    columns: {
      ackedSeq: 'Up to which number all its scans arrived.',
      gaps: 'Which numbers are missing.',
      pending: 'How many it says it still has.',
      saidOn: 'The day it said so.',
      warnedOn: 'The day its managers were told.',
    },
  },
  device_days: {
    ...{ why: 'Limits against guessing codes', until: '60 days', about: 'organisation' },
    columns: {
      unknownCodes: 'How many codes nobody knows. Accepted scans are not counted.',
      checks: 'How many vouchers were only checked.',
      typedChecks: 'How many of them were typed.',
    },
  },
  device_handouts: {
    ...{ why: 'A phone’s own count of books, so that one request counts once', until: whilePhone, about: 'nobody' },
    columns: { seq: 'Which request said so.' },
  },
} satisfies Inventory
