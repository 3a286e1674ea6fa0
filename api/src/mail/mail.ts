import { type Locale, translate } from '../shared/messages.ts'
import { type MailTemplate, mailTemplates, type TemplateName } from './templates.ts'

/*
 * A mail is plain text and the same as simple HTML: no picture, no remote file, nothing that tells whether it was read.
 */

export type MailFacts = Record<string, string | number>
/** Ready to leave. `id` becomes its Message-ID: a mail sent twice is known as one. */
export type Mail = { id: string; to: string; subject: string; text: string; html: string }

const retryMinutes = [1, 5, 15, 60, 240, 720, 1440]
export const maxAttempts = retryMinutes.length + 1

/** When a mail that failed for the nth time is tried again; null when it is given up. A mailbox that does not exist is not asked again. */
export function nextAttempt(attempts: number, now: Date, isForGood: boolean): Date | null {
  const minutes = isForGood ? undefined : retryMinutes[attempts - 1]
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000)
}

/** The words of a mail in its reader's language. */
export function renderMail(
  { template, language, facts }: { template: TemplateName; language: Locale; facts: MailFacts },
  publicUrl: string,
): Pick<Mail, 'subject' | 'text' | 'html'> {
  const t = translate(language)
  const { subject, lines, action }: MailTemplate = mailTemplates[template]
  const said = lines.map((key) => t(key, facts))
  const link = action && { says: t(action.says, facts), href: publicUrl + fillPath(action.path, facts) }
  const title = oneLine(t(subject, facts))
  const foot = t('mail.foot', { site: publicUrl })
  const text = [...said, ...(link ? [`${link.says}\n${link.href}`] : []), `--\n${foot}`].join('\n\n')
  return { subject: title, text: `${text}\n`, html: pageOf({ language, title, said, link, foot }) }
}

/** A name with a line break in it adds no line to the head of a mail. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ').trim()

const fillPath = (path: string, facts: MailFacts): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(facts[name] ?? '')))

type MailPage = {
  language: Locale
  title: string
  said: readonly string[]
  link: { says: string; href: string } | undefined
  foot: string
}

function pageOf({ language, title, said, link, foot }: MailPage): string {
  const body = [
    ...said.map((line) => `<p>${escapeHtml(line)}</p>`),
    ...(link ? [`<p><a href="${escapeHtml(link.href)}">${escapeHtml(link.says)}</a></p>`] : []),
    `<hr><p><small>${escapeHtml(foot)}</small></p>`,
  ].join('\n')
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body style="font:16px/1.5 sans-serif;max-width:36em">
${body}
</body></html>
`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign]!)
