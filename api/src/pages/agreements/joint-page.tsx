import { readStatement } from '../../endings/joint-statement.ts'
import { linesOf } from '../../endings/statement-lines.ts'
import type { StatementView } from '../../endings/statement-queries.ts'
import { Table } from '../components/data-table.tsx'
import { Section } from '../components/page-head.tsx'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'

type Names = { coordination: string | null; funder: string | null }
type JointProps = PageProps & { statement: StatementView; names: Names; base: string; tenant?: string | undefined }

/** One joint statement: what is signed, by its hash, and who signed. */
export function JointPage({ statement, names, base, ...page }: JointProps) {
  const { t, formats, person } = page
  const content = readStatement(statement)
  const { campaign } = content
  const title = t('joint.title', { campaign: campaign.name, number: content.number })
  const mayFunder = person?.role === 'funder' && statement.funderSignedOn === null
  const mayCoordinate = person?.role === 'coordinator' && statement.coordinatorSignedOn === null
  const says = (side: 'coordination' | 'funder', on: string | null) =>
    on === null
      ? t(`joint.unsigned.${side}`)
      : t(`joint.signed.${side}`, { name: names[side] ?? '', day: formats.day(on) })
  const dates = { from: formats.day(campaign.startsOn), until: formats.day(campaign.endsOn) }
  return (
    <Layout
      {...page}
      title={title}
      audience={audienceOf(person)}
      lede={t('joint.dates', { ...dates, uses: formats.day(campaign.usesUntil) })}
      crumbs={[
        { href: base, label: campaign.name },
        { href: `${base}/fin`, label: t('funder.ending') },
        { label: t('ending.joint') },
      ]}
      tools={
        <a class="button" href={`/api/v1/joint-statements/${statement.id}/paper.pdf`}>
          PDF
        </a>
      }
    >
      <Section title={statement.funder} says={t('joint.made', { day: formats.day(content.madeOn) })} isWide>
        <Table
          rows={linesOf(content, page)}
          columns={[
            { key: 'what', label: t('joint.what'), cell: ({ label, isBold }) => (isBold ? <b>{label}</b> : label) },
            {
              key: 'value',
              label: t('joint.value'),
              isNumber: true,
              cell: ({ value, isBold }) => (isBold ? <b>{value}</b> : value),
            },
          ]}
        />
      </Section>
      <Section title={t('joint.signatures')}>
        <div class="stack-s">
          <p class="code small">{t('joint.hash', { hash: statement.sha256 })}</p>
          <ul>
            <li>{says('coordination', statement.coordinatorSignedOn)}</li>
            <li>{says('funder', statement.funderSignedOn)}</li>
          </ul>
          {(mayFunder || mayCoordinate) && (
            <Notice title={t('joint.sign.title')}>
              <form class="stack-s" method="post" action={`${base}/etat/${statement.id}`}>
                <p>{t('joint.sign.says')}</p>
                <input type="hidden" name="sha256" value={statement.sha256} />
                <button class="button button-main" type="submit">
                  {t('joint.sign')}
                </button>
              </form>
            </Notice>
          )}
        </div>
      </Section>
    </Layout>
  )
}
