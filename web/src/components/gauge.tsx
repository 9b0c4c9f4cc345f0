import { points as pointsWords } from '../state/words.ts';

const RADIUS = 52;
const ROUND = 2 * Math.PI * RADIUS;
/** The share of the circle that stands for ten points. */
const OPEN = 0.75;

/** The score as an arc with its number. */
export function Gauge({ points, label }: { readonly points: number | 'none'; readonly label: string }) {
  const share = points === 'none' ? 0 : points / 10;
  const arc = (part: number): string => `${(part * OPEN * ROUND).toFixed(1)} ${ROUND.toFixed(1)}`;
  return (
    <svg class={`gauge ${toneOf(points)}`} viewBox="0 0 128 128" role="img" aria-label={label}>
      <g fill="none" stroke-width="11" stroke-linecap="round" transform="rotate(135 64 64)">
        <circle class="track" cx="64" cy="64" r={RADIUS} stroke-dasharray={arc(1)} />
        {share > 0 && <circle class="value" cx="64" cy="64" r={RADIUS} stroke-dasharray={arc(share)} />}
      </g>
      <text x="64" y="72" text-anchor="middle" class="number">
        {pointsWords(points)}
      </text>
      <text x="64" y="92" text-anchor="middle" class="of">
        of 10
      </text>
    </svg>
  );
}

/** What a score looks like: weak, middling or strong. */
export function toneOf(points: number | 'none' | 'apart'): string {
  if (points === 'none' || points === 'apart') return 'blank';
  if (points < 4) return 'weak';
  return points < 7 ? 'middling' : 'strong';
}
