import type { Assessment, ControlId, Item, Judgement, Piece, Tier } from '../model/index.ts';
import { TIERS } from '../model/index.ts';
import { categoryOf, NOTHING_BEFORE, rankOfTier, tierOf, withEffort, type Draft } from './draft.ts';
import { effortOf } from './effort.ts';
import type { Need } from './target.ts';

const NOTHING = { low: 0, high: 0 };

/**
 * What could not be told, as questions: what reading left open, what only people can say, and what a target needs
 * that no file would show. A question is never work stated as a fact.
 */
export function piecesToFindOut(
  assessment: Assessment,
  counts: (control: ControlId) => boolean,
  needs: readonly Need[],
): readonly Draft[] {
  const open = openQuestions(assessment, counts);
  const asked = needs.map((need): Question => ({
    tier: tierOf(need.severity),
    who: 'reading',
    item: itemOfNeed(need),
  }));
  return TIERS.flatMap(tier =>
    (['reading', 'people'] as const).flatMap(who => {
      const items = [...open, ...asked].filter(each => each.tier === tier && each.who === who);
      return items.length === 0
        ? []
        : [
            pieceOf(
              tier,
              who,
              items.map(({ item }) => item),
              new Set(
                [...open, ...asked]
                  .filter(each => each.who === who && rankOfTier(each.tier) < rankOfTier(tier))
                  .map(each => each.tier),
              ).size,
            ),
          ];
    }),
  );
}

interface Question {
  readonly tier: Tier;
  /** Reading left it open, or only people can say. */
  readonly who: 'reading' | 'people';
  readonly item: Item;
}

const TITLE: Readonly<Record<Question['who'], string>> = {
  reading: 'Find out what reading could not tell',
  people: 'Ask for what only people can say, and write it down',
};

const pieceOf = (tier: Tier, who: Question['who'], items: readonly Item[], before: number): Draft =>
  withEffort(
    {
      id: `find-out-${who}.${tier}`,
      kind: 'find-out',
      title: before === 0 ? TITLE[who] : `${TITLE[who]}, part ${before + 1}`,
      phase: 'questions',
      tier,
      services: [],
      skill: (who === 'people' ? 'people' : 'code') satisfies Piece['skill'],
      items,
      work: undefined,
      own: NOTHING_BEFORE,
    },
    NOTHING,
  );

/** Each question once, with the services that it is about where they are not all. */
function openQuestions(
  { services }: Assessment,
  counts: (control: ControlId) => boolean,
): readonly Question[] {
  const open = new Map<string, { judgement: Judgement; of: string[] }>();
  for (const { id, judgements } of services)
    for (const judgement of judgements) {
      if (judgement.status !== 'unknown' || judgement.stage !== 'stable' || !counts(judgement.control))
        continue;
      const key = `${judgement.control}\n${judgement.because}`;
      const known = open.get(key);
      if (known) known.of.push(id);
      else open.set(key, { judgement, of: [id] });
    }
  return [...open.values()].map(({ judgement, of }): Question => {
    const isStatement = categoryOf(judgement.control) === 'attest';
    return {
      tier: tierOf(judgement.severity),
      who: isStatement ? 'people' : 'reading',
      item: {
        control: judgement.control,
        title: `${isStatement ? 'Who can say' : 'Is it so'}: ${judgement.title}?`,
        severity: judgement.severity,
        says: of.length < services.length ? `${of.join(', ')}: ${judgement.because}` : judgement.because,
        effort: effortOf('ask', 1),
        findings: [],
        steps: [],
      },
    };
  });
}

const itemOfNeed = (need: Need): Item => ({
  control: '',
  title: need.question,
  severity: need.severity,
  says: `${need.says} If the answer is no, it is ${need.effort.low} to ${need.effort.high} hours more: ${need.title}.`,
  effort: effortOf('ask', 1),
  findings: [],
  steps: need.steps,
});
