import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import type { Handler } from '../handler.ts';
import { answeredBy } from './answered.ts';
import { followAnswer, type Flowing, type FlowingJoin } from './flow.ts';

/** What flows into the answers of one handler. */
export interface AnswerFlow {
  readonly rows: readonly Flowing[];
  readonly joined: readonly FlowingJoin[];
  readonly secrets: readonly { readonly name: string; readonly of: Written; readonly isOpen: boolean }[];
}

const known = new WeakMap<Handler, AnswerFlow>();

/** Followed once for all who ask. */
export function answerFlow(node: CodeView, handler: Handler): AnswerFlow {
  const before = known.get(handler);
  if (before) return before;
  const rows: Flowing[] = [];
  const joined: FlowingJoin[] = [];
  const secrets: { name: string; of: Written; isOpen: boolean }[] = [];
  for (const { expression, frame } of answeredBy(node, handler))
    followAnswer(node, expression, frame, {
      rows: flowing => rows.push(flowing),
      joined: flowing => joined.push(flowing),
      secret: (name, of, isOpen) => secrets.push({ name, of, isOpen }),
    });
  const flow = { rows, joined, secrets };
  known.set(handler, flow);
  return flow;
}
