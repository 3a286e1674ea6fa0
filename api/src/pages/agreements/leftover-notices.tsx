import { hasBegun } from '../../campaigns/ending.ts'
import { type Day, dayOf } from '../../shared/days.ts'
import { Notice } from '../components/states.tsx'
import type { PageProps } from '../page-props.tsx'

type Ending = { id: string; name: string; endsOn: Day }

/** From fifteen days before a campaign's end: hand out no more, and say what is left. */
export function LeftoverNotices({ t, formats, now, campaigns }: PageProps & { campaigns: readonly Ending[] }) {
  const ending = campaigns.filter(({ endsOn }) => hasBegun({ endsOn, graceDays: 0 }, 'stop_handouts', dayOf(now)))
  if (ending.length === 0) return null
  return (
    <div class="notices">
      {ending.map(({ id, name, endsOn }) => (
        <Notice
          title={t('prescriber.ending')}
          tone="wait"
          action={
            <a class="button button-main" href={`/prescripteur/restants/${id}`}>
              {t('prescriber.ending.declare')}
            </a>
          }
        >
          {t('prescriber.ending.says', { campaign: name, day: formats.day(endsOn) })}
        </Notice>
      ))}
    </div>
  )
}
