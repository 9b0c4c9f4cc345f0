import { runsOfTool, unfollowedIn } from '../model/index.ts';
import type { CodeTool, Facts, Service, Verdict } from '../model/index.ts';
import { absence, fail, pass, place, unknown } from './define.ts';

type PipelineFacts = Facts<'pipeline' | 'pipelineCommand' | 'pipelineAction'>;

/** The end of a control that found no step of a kind: open as long as a part of the pipeline could not be followed. */
export function noStep(facts: PipelineFacts, what: string): Verdict {
  const pipelines = facts.all('pipeline');
  const unfollowed = unfollowedIn(pipelines, facts.all('pipelineCommand'), facts.all('pipelineAction'));
  if (unfollowed !== '') return unknown(unfollowed);
  return fail([
    absence(
      what,
      pipelines.map(({ at }) => at.path),
    ),
  ]);
}

/** A tool that checks code, and how it is run. */
export interface ToolRuns {
  readonly tools: readonly CodeTool[];
  /** Those whose failure stops a change. */
  readonly heeded: ReturnType<typeof runsOfTool>;
  /** What is said when nothing else is: it runs on each change, unheeded, or not at all. */
  readonly verdict: Verdict;
}

/**
 * How the pipeline runs the tools of one kind for the language of the service.
 * @param called what is missed when there is none: "linter"
 * @param kept the files in which such tools are set up
 */
export function toolRuns(
  { service, facts }: { readonly service: Service; readonly facts: Facts<'codeTool'> & PipelineFacts },
  what: CodeTool['what'],
  called: string,
  kept: readonly string[],
): ToolRuns {
  const language = service.language === 'javascript' ? 'javascript' : 'python';
  const tools = facts.all('codeTool').filter(each => each.what === what && each.language === language);
  const commands = facts.all('pipelineCommand');
  const actions = facts.all('pipelineAction');
  const runs = runsOfTool(what, language, tools, commands, actions);
  const heeded = runs.filter(({ heeded, onChange }) => heeded !== 'no' && onChange !== 'no');
  const verdict = (): Verdict => {
    if (heeded.length > 0) return pass(heeded.map(({ at }) => place(at, 'runs on each change')));
    const [ignored] = runs;
    if (ignored) return fail([place(ignored.at, 'runs, and its failure stops nothing or comes too late')]);
    const unfollowed = unfollowedIn(facts.all('pipeline'), commands, actions);
    if (unfollowed !== '') return unknown(unfollowed);
    return tools.length > 0
      ? fail(tools.map(({ at, name }) => place(at, `${name} is set up, and no pipeline runs it`)))
      : fail([absence(called, kept)]);
  };
  return { tools, heeded, verdict: verdict() };
}
