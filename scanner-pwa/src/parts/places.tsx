import { Icon } from './icons.tsx'

type PlacesProps = { places: readonly { id: string; name: string }[]; chosen?: string; onPick: (id: string) => void }

/** One line to touch for each place. */
export const Places = ({ places, chosen, onPick }: PlacesProps) => (
  <ul class="picks">
    {places.map(({ id, name }) => (
      <li key={id}>
        <button class="pick" type="button" aria-pressed={id === chosen} onClick={() => onPick(id)}>
          <span class="pick-icon">
            <Icon name={id === chosen ? 'tick' : 'place'} />
          </span>
          <span class="pick-text">{name}</span>
          <Icon name="next" />
        </button>
      </li>
    ))}
  </ul>
)
