import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgEnum, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { language } from './accounts.ts'
import { day, randomId } from './columns.ts'

export const mailState = pgEnum('mail_state', ['waiting', 'sent', 'dead'])

/** What is to be sent to staff, never a secret: a code goes from memory. Forgotten after 30 days. */
export const mails = pgTable(
  'mails',
  {
    id: randomId(),
    recipient: text().notNull(),
    template: text().notNull(),
    language: language().notNull(),
    facts: jsonb().$type<Record<string, string | number>>().notNull(),
    state: mailState().notNull().default('waiting'),
    attempts: integer().notNull().default(0),
    /** Not before; a process that takes a mail moves this ahead, so that no other takes it. */
    nextAttemptAt: timestamp({ withTimezone: true }).notNull(),
    createdOn: day().notNull(),
    sentOn: day(),
  },
  (table) => [
    index('mails_that_wait').on(table.nextAttemptAt).where(sql`state = 'waiting'`),
    check('only_a_sent_mail_has_a_day', sql`(${table.state} = 'sent') = (${table.sentOn} is not null)`),
    check('a_recipient_is_one_line', sql`${table.recipient} !~ '[[:cntrl:]]'`),
  ],
)
