import type { ReportPage } from 'seaworthy';
import type { Filter } from '../state/filter.ts';
import { percent, plural, points as pointsWords } from '../state/words.ts';
import { toneOf } from './gauge.tsx';
import { Part } from './part.tsx';

interface Props {
  readonly categories: ReportPage['categories'];
  readonly onShow: (part: Partial<Filter>) => void;
}

/** The score of each category as a bar. */
export function CategoryChart({ categories, onShow }: Props) {
  const shown = categories.filter(({ applies }) => applies);
  const apart = categories.filter(({ applies }) => !applies);
  if (shown.length === 0) return null;
  return (
    <Part
      id="scores"
      title="Scores by category"
      about="From 0 to 10: the weight of what passed among what could be decided. Choose a category to see its findings."
    >
      <ul class="chart">
        {shown.map(each => (
          <Row key={each.category} {...each} onShow={onShow} />
        ))}
      </ul>
      {apart.length > 0 && (
        <p class="soft">Does not apply here: {apart.map(({ name }) => name).join(', ')}.</p>
      )}
    </Part>
  );
}

type RowProps = ReportPage['categories'][number] & Pick<Props, 'onShow'>;

function Row({ category, name, points, coverage, findings, onShow }: RowProps) {
  return (
    <li class="row">
      <span class="name">
        {findings > 0 ? (
          <button
            type="button"
            class="link"
            onClick={() => {
              onShow({ category });
            }}
          >
            {name}
          </button>
        ) : (
          name
        )}
      </span>
      <Bar points={points} />
      <span class="points">{pointsWords(points)}</span>
      <span class="soft note">
        {[
          findings > 0 ? plural(findings, 'finding') : '',
          coverage < 0.995 ? `${percent(coverage)} decided` : '',
        ]
          .filter(text => text !== '')
          .join(', ')}
      </span>
    </li>
  );
}

/** A picture beside the number; it says nothing that the number does not say. */
export function Bar({ points }: { readonly points: number | 'none' }) {
  return (
    <svg class={`bar ${toneOf(points)}`} viewBox="0 0 200 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="200" height="10" rx="2" />
      {points !== 'none' && <rect class="value" width={Math.max(2, points * 20)} height="10" rx="2" />}
    </svg>
  );
}
