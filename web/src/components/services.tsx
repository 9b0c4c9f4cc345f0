import type { ReportPage, PageService } from 'seaworthy';
import { SEVERITIES, type Filter } from '../state/filter.ts';
import { capital, percent, points as pointsWords } from '../state/words.ts';
import { toneOf } from './gauge.tsx';
import { Part } from './part.tsx';

interface Props {
  readonly page: ReportPage;
  readonly onShow: (part: Partial<Filter>) => void;
}

/** What is deployed, side by side. */
export function Services({ page, onShow }: Props) {
  const { services } = page;
  if (services.length === 0) return null;
  return (
    <Part
      id="services"
      title={services.length === 1 ? 'The service' : 'Services side by side'}
      about={
        services.length === 1
          ? 'What production starts, and where that is written.'
          : 'Each of them is deployed by itself; the repository is as ready as the least ready one.'
      }
    >
      {services.length > 1 && <SideBySide page={page} onShow={onShow} />}
      <ul class="starts">
        {services.map(service => (
          <Starts key={service.id} service={service} />
        ))}
      </ul>
    </Part>
  );
}

function Starts({ service: { id, path, kind, starts } }: { readonly service: PageService }) {
  return (
    <li>
      <h3>
        {id}{' '}
        <span class="soft">
          {kind}, in <code>{path === '.' ? 'the root folder' : path}</code>
        </span>
      </h3>
      {starts.length === 0 && (
        <p class="soft">No start command was found; what makes an app object was taken for the start.</p>
      )}
      <ul>
        {starts.map(({ command, where, target, production }) => (
          <li key={`${where} ${command}`}>
            <code>{command}</code>
            {!production && <span class="soft"> (development)</span>}
            <br />
            <span class="soft">
              {where} → {target}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}

/** A table that scrolls by itself where there are many. */
function SideBySide({ page: { services, categories }, onShow }: Props) {
  const row = (name: string, cell: (service: PageService) => preact.ComponentChildren, title?: string) => (
    <tr>
      <th scope="row">{title ?? name}</th>
      {services.map(service => (
        <td key={service.id}>{cell(service)}</td>
      ))}
    </tr>
  );
  return (
    <div class="scroll" role="region" aria-label="Table of the services" tabIndex={0}>
      <table class="services">
        <thead>
          <tr>
            <td />
            {services.map(({ id }) => (
              <th key={id} scope="col">
                <button
                  type="button"
                  class="link"
                  onClick={() => {
                    onShow({ service: id });
                  }}
                >
                  {id}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {row('Readiness', ({ words }) => (
            <strong>{words}</strong>
          ))}
          {row('Score', ({ points }) => pointsWords(points))}
          {row('Decided', ({ coverage }) => percent(coverage))}
          {SEVERITIES.map(severity => row(capital(severity), ({ findings }) => findings[severity]))}
        </tbody>
        <tbody>
          {categories.map(({ category, name, applies }, index) =>
            applies ? (
              <tr key={category}>
                <th scope="row">{name}</th>
                {services.map(service => {
                  const points = service.categories[index] ?? 'apart';
                  return (
                    <td key={service.id}>
                      <span class={`cell ${toneOf(points)}`}>
                        {points === 'apart' ? 'not applicable' : pointsWords(points)}
                      </span>
                    </td>
                  );
                })}
              </tr>
            ) : null,
          )}
        </tbody>
      </table>
    </div>
  );
}
