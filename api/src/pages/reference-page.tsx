import { type ApiDocument, type ListedOperation, listOperations, type Operation } from '../shared/api-docs.ts'
import { errorMessages, messages } from '../shared/messages.ts'
import { Layout } from './layout.tsx'
import type { PageProps } from './page-props.tsx'
import { describeSchema, type Schema } from './schema-text.ts'

type ReferenceProps = PageProps & { document: ApiDocument }

/** Every address with its parameters, bodies and answers, drawn from the document that programs read. */
export function ReferencePage({ document, ...page }: ReferenceProps) {
  const { t, locale } = page
  const groups = groupByTag(listOperations(document))
  const reasons = Object.keys(messages).filter((key) => /^refusal\.\w+$/.test(key)) as `refusal.unknown_voucher`[]
  return (
    <Layout {...page} title={t('docs.title')}>
      <div class="reference">
        <p class="lede">{t('docs.lead')}</p>
        <p>{t('docs.errors.lead')}</p>
        <p>{t('docs.writes')}</p>
        <p>{t('docs.limits')}</p>
        <p>
          <a href="/api/openapi.json">/api/openapi.json</a>
        </p>
        <h2>{t('docs.routes')}</h2>
        {[...groups].map(([tag, operations]) => (
          <section>
            <h3>{tag}</h3>
            {operations.map((item) => (
              <Route {...page} {...item} />
            ))}
          </section>
        ))}
        <h2>{t('docs.schemas')}</h2>
        <dl>
          {Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => (
            <Pair name={name} says={describeSchema(schema as Schema)} id={`schema-${name}`} />
          ))}
        </dl>
        <h2>{t('docs.reasons')}</h2>
        <dl>
          {reasons.map((key) => (
            <Pair name={key.slice('refusal.'.length)} says={`${t(key)} ${t(`${key}.next`)}`} />
          ))}
        </dl>
        <h2 id="codes">{t('docs.codes')}</h2>
        <p>{t('docs.family')}</p>
        <dl>
          {Object.entries(errorMessages)
            .sort(([a], [b]) => a.localeCompare(b))
            .map(([code, sentence]) => (
              <Pair name={code} says={sentence[locale]} id={code} />
            ))}
        </dl>
      </div>
    </Layout>
  )
}

function groupByTag(operations: ListedOperation[]): Map<string, ListedOperation[]> {
  const groups = new Map<string, ListedOperation[]>()
  for (const item of operations) {
    const tag = item.operation.tags?.[0] ?? ''
    groups.set(tag, [...(groups.get(tag) ?? []), item])
  }
  return groups
}

function Pair({ name, says, id }: { name: string; says: string; id?: string }) {
  return (
    <>
      <dt id={id}>
        <code>{name}</code>
      </dt>
      <dd>{says}</dd>
    </>
  )
}

function Route({ t, method, path, operation }: PageProps & ListedOperation) {
  const answers = Object.entries(operation.responses ?? {})
  return (
    <details>
      <summary>
        <code>
          <b>{method.toUpperCase()}</b> {path}
        </code>
        <span lang="en">{operation.summary}</span>
      </summary>
      <p>{t(callerOf(operation))}</p>
      <Parameters t={t} operation={operation} />
      {bodiesOf(operation.requestBody).map(({ type, shape }) => (
        <p>
          {t('docs.body')} ({type}) <code>{shape}</code>
        </p>
      ))}
      <ul>
        {answers
          .filter(([status]) => status < '400')
          .map(([status, answer]) => (
            <Answer status={status} answer={answer as Described} />
          ))}
        <li>
          {answers
            .map(([status]) => status)
            .filter((status) => status >= '400')
            .join(', ')}{' '}
          <code>Problem</code>
        </li>
      </ul>
    </details>
  )
}

function callerOf({ security = [] }: Operation) {
  if (security.length === 0) return 'docs.security.public'
  return security.some((scheme) => 'deviceToken' in scheme) ? 'docs.security.phone' : 'docs.security.person'
}

type Parameter = { name: string; in: string; required?: boolean; schema?: Schema; description?: string }

function Parameters({ t, operation }: { t: PageProps['t']; operation: Operation }) {
  const parameters = (operation.parameters ?? []) as Parameter[]
  if (parameters.length === 0) return null
  return (
    <ul>
      {parameters.map(({ name, in: place, required, schema = {}, description = schema.description }) => (
        <li>
          <code>
            {name} ({place}): {describeSchema(schema)}
          </code>
          {required && place !== 'path' && `, ${t('docs.required')}`}
          {description && `. ${description}`}
        </li>
      ))}
    </ul>
  )
}

type Described = { description?: string; content?: Record<string, { schema?: Schema }> }

const bodiesOf = (described: unknown): { type: string; shape: string }[] =>
  Object.entries((described as Described | undefined)?.content ?? {}).map(([type, { schema = {} }]) => ({
    type,
    shape: describeSchema(schema),
  }))

function Answer({ status, answer }: { status: string; answer: Described }) {
  const shapes = bodiesOf(answer).filter(({ shape }) => shape !== 'Problem')
  return (
    <li>
      <b>{status}</b> {answer.description} {shapes.map(({ shape }) => shape !== 'string' && <code>{shape}</code>)}
    </li>
  )
}
