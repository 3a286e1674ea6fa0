import type { Context } from '../../shared/context.ts'
import { lastMonthEnd } from '../../shared/days.ts'
import type { Formats } from '../../shared/formats.ts'
import type { MessageKey, Translate } from '../../shared/messages.ts'
import {
  listFunderParts,
  listMoneyIn,
  listMonthlyUses,
  listOrders,
  listPayments,
  readSteering,
} from '../../statistics/campaign-queries.ts'
import { listStock } from '../../statistics/read-campaign-stock.ts'
import { typeset } from '../components/sentences.tsx'
import type { AsOf } from './read-as-of.ts'

/** What a figure is made of. One shape for the page and its CSV, so that both say the same. */
export const listNames = ['commandes', 'versements', 'remises', 'usages', 'paiements', 'notes'] as const
export type ListName = (typeof listNames)[number]

export type Cell = { text: string; raw: string | number | null; isNumber?: boolean }
export type FigureList = { heads: MessageKey[]; rows: Cell[][]; total: Cell[] | null }

type Tools = { t: Translate; formats: Formats }
type Of = AsOf & Tools & { db: Context['db'] }

const text = (value: string): Cell => ({ text: value, raw: value })

export async function readFigureList(name: ListName, of: Of): Promise<FigureList> {
  return makers[name](of)
}

const makers: Record<ListName, (of: Of) => Promise<FigureList>> = {
  commandes: listOrdered,
  versements: listFunded,
  remises: listHandedOut,
  usages: listUsed,
  paiements: listPaid,
  notes: listNotes,
}

const query = ({ campaign, on }: AsOf) => ({ campaignId: campaign.id, on })
const count = ({ formats }: Tools, value: number): Cell => ({ text: formats.number(value), raw: value, isNumber: true })
const euros = ({ formats }: Tools, cents: number): Cell => ({
  text: formats.euros(cents),
  raw: (cents / 100).toFixed(2),
  isNumber: true,
})
const day = ({ formats }: Tools, value: string): Cell => ({ text: formats.day(value), raw: value })
const sum = <Row>(rows: readonly Row[], of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0)

async function listOrdered(of: Of): Promise<FigureList> {
  const runs = await listOrders(of.db, query(of))
  return {
    heads: ['funder.list.day', 'funder.list.state', 'funder.list.books', 'funder.list.active'],
    rows: runs.map((run) => [
      day(of, run.requestedOn),
      text(of.t(`print_run.${run.state}`)),
      count(of, run.books),
      count(of, run.activeBooks),
    ]),
    total: [
      text(of.t('funder.list.total')),
      text(''),
      count(
        of,
        sum(runs, ({ books, state }) => (state === 'revoked' ? 0 : books)),
      ),
      count(
        of,
        sum(runs, ({ activeBooks }) => activeBooks),
      ),
    ],
  }
}

async function listFunded(of: Of): Promise<FigureList> {
  const money = await listMoneyIn(of.db, query(of))
  return {
    heads: ['funder.list.day', 'funder.parts.funder', 'funder.list.amount'],
    rows: money.map(({ on, funder, cents }) => [day(of, on), text(funder), euros(of, cents)]),
    total: [
      text(of.t('funder.list.total')),
      text(''),
      euros(
        of,
        sum(money, ({ cents }) => cents),
      ),
    ],
  }
}

const stockCounts = ['received', 'handedOut', 'gone', 'left', 'active', 'activeOnTheWay'] as const

async function listHandedOut(of: Of): Promise<FigureList> {
  const stock = await listStock(of.db, query(of))
  return {
    heads: [
      'funder.stock.prescriber',
      'funder.stock.received',
      'funder.stock.handed',
      'funder.stock.gone',
      'funder.stock.left',
      'funder.stock.active',
      'funder.stock.way',
      'funder.stock.last',
    ],
    rows: stock.map((line) => [
      text(line.prescriber ?? of.t('stock.campaign_stock')),
      ...stockCounts.map((key) => count(of, line[key])),
      line.lastMonth
        ? { text: of.formats.month(line.lastMonth), raw: line.lastMonth.slice(0, 7) }
        : { text: of.t('funder.stock.none'), raw: null },
    ]),
    total: [
      text(of.t('funder.list.total')),
      ...stockCounts.map((key) =>
        count(
          of,
          sum(stock, (line) => line[key]),
        ),
      ),
      text(''),
    ],
  }
}

async function listUsed(of: Of): Promise<FigureList> {
  const months = await listMonthlyUses(of.db, { ...query(of), uses: of.uses })
  let total = 0
  return {
    heads: ['chart.month', 'chart.used', 'chart.total', 'funder.stock.handed'],
    rows: months.map(({ month, redeemed, books }) => {
      total += redeemed
      return [
        { text: of.formats.month(month), raw: month.slice(0, 7) },
        count(of, redeemed),
        count(of, total),
        month <= lastMonthEnd(of.on) ? count(of, books) : { text: '–', raw: null, isNumber: true },
      ]
    }),
    total: [
      text(of.t('funder.list.total')),
      count(of, total),
      text(''),
      count(
        of,
        sum(months, ({ books }) => books),
      ),
    ],
  }
}

async function listPaid(of: Of): Promise<FigureList> {
  const paid = await listPayments(of.db, query(of))
  return {
    heads: ['funder.list.day', 'funder.list.amount'],
    rows: paid.map(({ on, cents }) => [day(of, on), euros(of, cents)]),
    total: [
      text(of.t('funder.list.total')),
      euros(
        of,
        sum(paid, ({ cents }) => cents),
      ),
    ],
  }
}

async function listNotes(of: Of): Promise<FigureList> {
  const { notes, decisions } = await readSteering(of.db, query(of))
  const told = [
    ...notes.map((note) => ({ ...note, kind: of.t('funder.list.note') })),
    ...decisions.map((decision) => ({ ...decision, kind: of.t('funder.list.decision') })),
  ].sort((a, b) => (a.on < b.on ? 1 : -1))
  return {
    heads: ['funder.list.day', 'funder.list.kind', 'funder.list.text', 'funder.list.author'],
    rows: told.map(({ on, kind, body, author }) => [
      day(of, on),
      text(kind),
      { text: typeset(body), raw: body },
      text(author),
    ]),
    total: null,
  }
}

/** The figures of the waterfall as a file, each with its day: whole cents, so that nothing is lost in a spreadsheet. */
export async function figuresCsv({ campaign, on, waterfall, db }: AsOf & { db: Context['db'] }) {
  const parts = await listFunderParts(db, { campaignId: campaign.id, on })
  const { faceValueCents: face, bookSize } = campaign
  const steps: [string, number][] = [
    ['ordered', waterfall.ordered * face],
    ['funded', waterfall.fundedCents],
    ['issued', waterfall.issued * face],
    ['active', waterfall.active * face],
    ['circulating', waterfall.circulating * face],
    ['handed_out', waterfall.booksHandedOut * bookSize * face],
    ['redeemed', waterfall.redeemed * face],
    ['available', waterfall.availableCents],
    ['payable', waterfall.payableCents],
    ['in_payment', waterfall.inPaymentCents],
    ['paid', waterfall.paidCents],
    ['returned', waterfall.returnedCents],
    ['in_grace', waterfall.inGraceCents],
    ['expired', waterfall.expiredCents],
    ['credited', waterfall.creditedCents],
    ...parts.map(({ funder, partCents }): [string, number] => [`redeemed: ${funder}`, waterfall.redeemed * partCents]),
  ]
  const until = lastMonthEnd(on)
  return steps.map(([step, cents]): [string, string, number] => [step === 'handed_out' ? until : on, step, cents])
}
