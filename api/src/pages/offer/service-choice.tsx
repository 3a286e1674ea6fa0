import type { Catalogue } from '../../catalogue/read-catalogue.ts'
import { ChoiceField, FormErrors, type FormState } from '../components/form.tsx'
import type { PageProps } from '../page-props.tsx'
import type { Choice } from './choice-form.ts'

type ChoiceProps = PageProps & {
  catalogue: Pick<Catalogue, 'themes' | 'services' | 'search'>
  choice: Choice
  action: string
  /** What the form also sends. */
  also?: Readonly<Record<string, string>>
  form: FormState
}

/** All services, or some: found by plain words, ticked by theme. Without a script: a search keeps what was ticked. */
export function ServiceChoice({ catalogue, choice, action, also = {}, form, ...page }: ChoiceProps) {
  const { t, formats } = page
  const { themes, services, search } = catalogue
  const offered = services.filter(({ retiredOn }) => retiredOn === null)
  const isFound = new Set(choice.q === '' ? offered.map(({ code }) => code) : search(choice.q))
  const hidden = choice.codes.filter((code) => !isFound.has(code))
  const isChosen = new Set(choice.codes)
  return (
    <form class="form" method="post" action={action}>
      <FormErrors t={t} form={form} labels={{}} />
      {Object.entries(also).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {hidden.map((code) => (
        <input type="hidden" name="service" value={code} />
      ))}
      <ChoiceField
        name="which"
        label={t('choice.which')}
        form={{ values: { which: choice.isAll ? 'all' : 'some' }, errors: {} }}
        options={[
          { value: 'all', label: t('choice.all') },
          { value: 'some', label: t('choice.some', { count: formats.number(choice.codes.length) }) },
        ]}
      />
      <div class="filters">
        <div class="field grow">
          <label for="q">{t('reference.words')}</label>
          <input id="q" name="q" type="search" value={choice.q} maxlength={200} />
        </div>
        <button class="button" type="submit" name="act" value="search">
          {t('reference.search')}
        </button>
      </div>
      <p class="small soft" role="status">
        {t('reference.count', { count: formats.number(isFound.size) })}
      </p>
      {themes.map(({ code: themeCode, title }) => {
        const own = offered.filter((service) => service.themeCode === themeCode && isFound.has(service.code))
        if (own.length === 0) return null
        const count = own.filter(({ code }) => isChosen.has(code)).length
        return (
          <details open={choice.q !== '' || count > 0}>
            <summary>
              <b lang="fr">{`${themeCode}. ${title}`}</b>{' '}
              <span class="small soft">
                {t('choice.of', { count: formats.number(count), all: formats.number(own.length) })}
              </span>
            </summary>
            <fieldset class="field choices" aria-label={title}>
              {own.map(({ code, title: name }) => (
                <label lang="fr">
                  <input type="checkbox" name="service" value={code} checked={isChosen.has(code)} /> {name}
                </label>
              ))}
            </fieldset>
          </details>
        )
      })}
      <button class="button button-main" type="submit" name="act" value="save">
        {t('choice.save')}
      </button>
    </form>
  )
}
