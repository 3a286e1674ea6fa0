import type { Child } from 'hono/jsx'

export type HeadProps = {
  title: string
  lede?: Child
  facts?: Child
  tools?: Child
  crumbs?: readonly { href?: string; label: string }[] | undefined
}

/** Title, what it is in one sentence, its facts, and what can be done with the page. */
export function PageHead({ title, lede, facts, tools, crumbs }: HeadProps) {
  return (
    <>
      {crumbs && (
        <nav class="crumbs no-print" aria-label={crumbs.map(({ label }) => label).join(' / ')}>
          <ol>
            {crumbs.map(({ href, label }) => (
              <li>{href ? <a href={href}>{label}</a> : <span aria-current="page">{label}</span>}</li>
            ))}
          </ol>
        </nav>
      )}
      <div class="head">
        <div>
          <h1>{title}</h1>
          {lede && <p class="lede">{lede}</p>}
          {facts && <p class="facts">{facts}</p>}
        </div>
        {tools && <div class="tools">{tools}</div>}
      </div>
    </>
  )
}

type SectionProps = { title: string; says?: Child; children: Child; id?: string; isWide?: boolean }

/** Its margin says what this is and how to read it; the right holds the thing. */
export const Section = ({ title, says, children, id, isWide }: SectionProps) => (
  <section class={isWide ? 'section section-wide' : 'section'} id={id}>
    <header>
      <h2>{title}</h2>
      {says && (typeof says === 'string' ? <p>{says}</p> : says)}
    </header>
    {children}
  </section>
)

/** Three parts of one object, as on a voucher: where are we, why, what do we decide. Or two. */
export const Answers = ({ parts }: { parts: readonly { title: string; body: Child }[] }) => (
  <section class="answers">
    {parts.map(({ title, body }) => (
      <div>
        <h2>{title}</h2>
        {body}
      </div>
    ))}
  </section>
)
