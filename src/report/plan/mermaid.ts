import type { Plan } from '../../model/index.ts';

/** The plan as a Gantt chart of Mermaid: phases as sections, the ends of the tiers as milestones. */
export function ganttChart(plan: Plan): string {
  const { repository, phases, pieces, tiers, asked } = plan;
  const byId = new Map(pieces.map(piece => [piece.id, piece]));
  const numbers = new Map(pieces.map(({ id }, index) => [id, `p${index + 1}`]));
  const sections = phases.flatMap(phase => [
    `    section ${label(phase.title)}`,
    ...phase.pieces.flatMap(id => {
      const piece = byId.get(id);
      if (!piece) return [];
      const urgent = piece.tier === 'minimum' ? 'crit, ' : '';
      return [`    ${label(piece.title)} :${urgent}${numbers.get(id) ?? 'p0'}, ${piece.start}, ${piece.end}`];
    }),
  ]);
  const milestones = tiers
    .slice(0, tiers.findIndex(({ tier }) => tier === asked.tier) + 1)
    .filter(({ ends }) => ends.likely !== '')
    .map(
      ({ tier, reaches, ends }, index) =>
        `    ${label(`${tier}, then ${reaches}`)} :milestone, m${index + 1}, ${ends.likely}, ${ends.likely}`,
    );
  return [
    'gantt',
    `    title ${label(`Plan of ${repository.name}`)}`,
    '    dateFormat YYYY-MM-DD',
    '    inclusiveEndDates',
    '    axisFormat %d.%m.',
    '    tickInterval 1week',
    '    weekday monday',
    '    todayMarker off',
    ...sections,
    ...(milestones.length > 0 ? ['    section Tiers', ...milestones] : []),
    '',
  ].join('\n');
}

const LONGEST = 70;

/** Words that begin a statement of its own, whatever follows (gantt.jison of Mermaid). */
const KEYWORD =
  /^(gantt|title|section|click|call|href|dateFormat|axisFormat|tickInterval|includes|excludes|inclusiveEndDates|topAxis|todayMarker|weekday|weekend|acc(Title|Descr)|\d)/i;

/** Text between statements: colons, semicolons, hashes, percent signs and braces mean something to Mermaid. */
function label(text: string): string {
  const clean = text
    .replace(/[^\p{L}\p{N} ,.()/+'_-]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, LONGEST)
    .trim();
  return KEYWORD.test(clean) || clean === '' ? `- ${clean}`.trim() : clean;
}
