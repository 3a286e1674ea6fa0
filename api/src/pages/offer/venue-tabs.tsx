import type { PageProps } from '../page-props.tsx'

type TabsProps = Pick<PageProps, 't'> & {
  path: string
  venues: readonly { id: string; name: string }[]
  current: string
}

/** Which venue of an organisation this is; nothing for an organisation that has one. */
export const VenueTabs = ({ t, path, venues, current }: TabsProps) =>
  venues.length < 2 ? null : (
    <nav aria-label={t('choice.venues')} class="venue-tabs">
      <ul class="inline-acts">
        {venues.map(({ id, name }) => (
          <li>
            <a href={`${path}?lieu=${id}`} aria-current={id === current ? 'page' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
