import type { MessageKey } from '../shared/messages.ts'

/** What a mail says: sentences of the catalogue whose `{holes}` the facts fill, and the one page it leads to. */
export type MailTemplate = {
  subject: MessageKey
  lines: readonly MessageKey[]
  /** `path` is of our own site; its holes are filled with the facts too. */
  action?: { says: MessageKey; path: string }
}

export const mailTemplates = {
  /** Sent from memory: its fact is the code. */
  sign_in_code: {
    subject: 'mail.code.subject',
    lines: ['mail.code.says', 'mail.code.code', 'mail.code.browser', 'mail.code.ignore'],
  },
  passkey_added: {
    subject: 'mail.passkey_added.subject',
    lines: ['mail.passkey_added.says', 'mail.not_you'],
    action: { says: 'mail.open_account', path: '/compte' },
  },
  passkey_removed: {
    subject: 'mail.passkey_removed.subject',
    lines: ['mail.passkey_removed.says', 'mail.not_you'],
    action: { says: 'mail.open_account', path: '/compte' },
  },
  passkeys_reset: {
    subject: 'mail.passkeys_reset.subject',
    lines: ['mail.passkeys_reset.says', 'mail.passkeys_reset.next', 'mail.helped.not_you'],
    action: { says: 'mail.sign_in', path: '/connexion' },
  },
  passkeys_reset_told: {
    subject: 'mail.passkeys_reset_told.subject',
    lines: ['mail.passkeys_reset_told.says', 'mail.passkeys_reset_told.check'],
    action: { says: 'mail.people.open', path: '/equipe' },
  },
  sessions_ended: {
    subject: 'mail.sessions_ended.subject',
    lines: ['mail.sessions_ended.says', 'mail.helped.not_you'],
    action: { says: 'mail.sign_in', path: '/connexion' },
  },
  audit_head: {
    subject: 'mail.audit_head.subject',
    lines: ['mail.audit_head.says', 'mail.audit_head.hash', 'mail.audit_head.keep'],
    action: { says: 'mail.audit_head.open', path: '/confidentialite' },
  },
  invitation: {
    subject: 'mail.invitation.subject',
    lines: ['mail.invitation.says', 'mail.invitation.how', 'mail.invitation.ignore'],
    action: { says: 'mail.sign_in', path: '/connexion' },
  },
  scheme_invitation: {
    subject: 'mail.scheme_invitation.subject',
    lines: ['mail.scheme_invitation.says', 'mail.scheme_invitation.check'],
    action: { says: 'mail.people.open', path: '/equipe' },
  },
  last_member: {
    subject: 'mail.last_member.subject',
    lines: ['mail.last_member.says'],
    action: { says: 'mail.people.open', path: '/coordination/structures' },
  },
  /** Sent from memory: its fact is the code. */
  application_code: {
    subject: 'mail.application_code.subject',
    lines: ['mail.application_code.says', 'mail.code.code', 'mail.code.browser', 'mail.code.ignore'],
  },
  application_accepted: {
    subject: 'mail.application_accepted.subject',
    lines: ['mail.application_accepted.says', 'mail.application_accepted.next'],
    action: { says: 'mail.sign_in', path: '/connexion' },
  },
  application_joined: {
    subject: 'mail.application_accepted.subject',
    lines: ['mail.application_joined.says'],
  },
  application_refused: {
    subject: 'mail.application_refused.subject',
    lines: ['mail.application_refused.says', 'mail.application_refused.next'],
    action: { says: 'mail.apply_again', path: '/devenir-lieu' },
  },
  silent_phone: {
    subject: 'mail.silent_phone.subject',
    lines: ['mail.silent_phone.says', 'mail.silent_phone.do'],
    action: { says: 'mail.phones.open', path: '/lieu' },
  },
  phone_enrolled_anew: {
    subject: 'mail.phone_enrolled_anew.subject',
    lines: ['mail.phone_enrolled_anew.says', 'mail.phone_enrolled_anew.do'],
    action: { says: 'mail.phones.open', path: '/lieu' },
  },
  payment_warning: {
    subject: 'mail.payment_warning.subject',
    lines: ['mail.payment_warning.says', 'mail.payment_warning.reasons', 'mail.payment_warning.kept'],
    action: { says: 'mail.payment_warning.open', path: '/lieu' },
  },
  statement_ready: {
    subject: 'mail.statement_ready.subject',
    lines: ['mail.statement_ready.says', 'mail.statement_ready.paid'],
    action: { says: 'mail.statement_ready.open', path: '/lieu/bordereaux/{id}' },
  },
  payout_failed: {
    subject: 'mail.payout_failed.subject',
    lines: ['mail.payout_failed.says', 'mail.payout_failed.do'],
    action: { says: 'mail.payout_failed.open', path: '/lieu/compte-bancaire' },
  },
  amendment_proposed: {
    subject: 'mail.amendment_proposed.subject',
    lines: ['mail.amendment_proposed.says', 'mail.amendment_proposed.how'],
    action: { says: 'mail.agreements.open', path: '/financeur/campagnes/{campaignId}/accords' },
  },
  amendment_agreed: {
    subject: 'mail.amendment_agreed.subject',
    lines: ['mail.amendment_agreed.says'],
    action: { says: 'mail.agreements.open', path: '/financeur/campagnes/{campaignId}/accords' },
  },
  funds_called: {
    subject: 'mail.funds_called.subject',
    lines: ['mail.funds_called.says', 'mail.funds_called.reference'],
    action: { says: 'mail.agreements.open', path: '/financeur/campagnes/{campaignId}/accords' },
  },
  balance_low: {
    subject: 'mail.balance_low.subject',
    lines: ['mail.balance_low.says', 'mail.balance_low.once'],
    action: { says: 'mail.agreements.open', path: '/financeur/campagnes/{campaignId}/accords' },
  },
  ending_alert: {
    subject: 'mail.ending_alert.subject',
    lines: ['mail.ending_alert.says', 'mail.ending_alert.counts'],
    action: { says: 'mail.ending.open', path: '/financeur/campagnes/{campaignId}/fin' },
  },
  ending_blocking: {
    subject: 'mail.ending_blocking.subject',
    lines: ['mail.ending_blocking.says'],
    action: { says: 'mail.ending.open', path: '/financeur/campagnes/{campaignId}/fin' },
  },
  ending_stop: {
    subject: 'mail.ending_stop.subject',
    lines: ['mail.ending_stop.says'],
    action: { says: 'mail.ending_stop.open', path: '/prescripteur' },
  },
  ending_late: {
    subject: 'mail.ending_late.subject',
    lines: ['mail.ending_late.says'],
    action: { says: 'mail.ending.open', path: '/financeur/campagnes/{campaignId}/fin' },
  },
  ending_settled: {
    subject: 'mail.ending_settled.subject',
    lines: ['mail.ending_settled.says'],
    action: { says: 'mail.ending.open', path: '/financeur/campagnes/{campaignId}/fin' },
  },
} as const satisfies Record<string, MailTemplate>

export type TemplateName = keyof typeof mailTemplates
