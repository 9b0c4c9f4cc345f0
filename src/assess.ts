import { controls } from './controls/index.ts';
import { judge } from './controls/judge.ts';
import { collect } from './facts/collect.ts';
import { extractors } from './facts/index.ts';
import type {
  Attested,
  Control,
  Facts,
  Given,
  Problem,
  Repository,
  Service,
  Verdict,
} from './model/index.ts';

/** A service with its facts and the answer to every control. */
export interface Judged {
  readonly service: Service;
  readonly facts: Facts;
  readonly answers: readonly { readonly control: Control; readonly verdict: Verdict }[];
}

/** What is asked, and what people have said about it. */
export interface Asked {
  readonly controls: readonly Control[];
  readonly attestations: readonly Attested[];
}

/** The middle of seaworthy: a repository's services, their facts, the verdicts. */
export async function judgeRepository(
  repository: Repository,
  given: Given,
  asked: Asked = { controls, attestations: [] },
): Promise<{ readonly services: readonly Judged[]; readonly problems: readonly Problem[] }> {
  const { services, problems } = await collect(repository, extractors, given);
  const statements = { attestations: asked.attestations, today: given.today };
  const judged = services.map(({ service, facts }) => {
    const answers = asked.controls.map(control => ({
      control,
      ...judge(control, { service, facts }, statements),
    }));
    return { service, facts, answers };
  });
  return {
    services: judged,
    problems: [...problems, ...judged.flatMap(each => each.answers.flatMap(({ problem }) => problem ?? []))],
  };
}
