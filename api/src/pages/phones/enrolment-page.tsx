import { raw } from 'hono/html'
import { Notice } from '../components/states.tsx'
import { Layout } from '../layout.tsx'
import { audienceOf } from '../navigation.ts'
import type { PageProps } from '../page-props.tsx'

type EnrolmentProps = PageProps & {
  /** The venue, the organisation or the prescriber. */
  name: string
  link: string
  /** A drawing of the link as QR code. */
  qrSvg: string
  expiresAt: Date
  /** A phone gives no camera to plain http. */
  isSecure: boolean
  /** The list of phones. */
  back: string
}

/** The code that makes one phone known, shown once. */
export function EnrolmentPage({ name, link, qrSvg, expiresAt, isSecure, back, ...page }: EnrolmentProps) {
  const { t, formats } = page
  const title = t('enrolment.title')
  return (
    <Layout
      {...page}
      title={title}
      audience={audienceOf(page.person)}
      lede={t('enrolment.lede', { venue: name, time: formats.time(expiresAt) })}
      crumbs={[{ href: back, label: t('venue.phones') }, { label: title }]}
    >
      <div class="enrolment">
        <div class="qr" role="img" aria-label={t('enrolment.qr')}>
          {raw(qrSvg)}
        </div>
        <div class="prose">
          <ol>
            <li>{t('enrolment.1')}</li>
            <li>{t('enrolment.2')}</li>
            <li>{t('enrolment.3')}</li>
          </ol>
          {!isSecure && (
            <Notice title={t('enrolment.http')} tone="wait">
              {t('enrolment.http.says')}
            </Notice>
          )}
          <p>
            <a class="button" href={link}>
              {t('enrolment.here')}
            </a>{' '}
            <a class="button" href={back}>
              {t('enrolment.done')}
            </a>
          </p>
        </div>
      </div>
    </Layout>
  )
}

type CutProps = PageProps & { device: { id: string; label: string; pending: number }; back: string }

/** Says what will happen before it does. */
export function CutPhonePage({ device, back, ...page }: CutProps) {
  const { t, formats } = page
  const title = t('cut.title', { label: device.label })
  return (
    <Layout
      {...page}
      title={title}
      audience={audienceOf(page.person)}
      lede={t('cut.lede')}
      crumbs={[{ href: back, label: t('venue.phones') }, { label: title }]}
    >
      <Notice
        title={device.pending === 0 ? t('cut.owes_nothing') : t('cut.owes', { count: formats.number(device.pending) })}
        tone={device.pending === 0 ? 'info' : 'wait'}
      >
        {t(device.pending === 0 ? 'cut.owes_nothing.says' : 'cut.owes.says')}
      </Notice>
      <form class="acts-row cut" method="post" action={`${back}/${device.id}/retrait`}>
        <button class="button" type="submit">
          {t('cut.do', { label: device.label })}
        </button>
        <a class="button button-main" href={back}>
          {t('cut.keep')}
        </a>
      </form>
    </Layout>
  )
}
