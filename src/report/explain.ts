import type { Control } from '../model/index.ts';
import { wrap } from './wrap.ts';

const FIX: Readonly<Record<Control['fix'], string>> = {
  auto: 'can be made by a patch',
  scaffold: 'can be begun by a generated file that a person completes',
  advice: 'by hand',
};

/** One control in words: `seaworthy explain`. */
export function explanation(control: Control, width: number): string {
  const section = (title: string, text: string) => [
    '',
    title,
    ...wrap(text, width - 2).map(line => `  ${line}`),
  ];
  return [
    control.id,
    ...wrap(control.title, width),
    '',
    `severity ${control.severity}, ${control.stage === 'trial' ? 'on trial: shown, not counted' : 'stable'}`,
    ...section('What it asks', control.asks),
    ...section('Why it matters', control.why),
    ...section('What to do', control.remedy),
    ...section('How it is mended', FIX[control.fix]),
    ...(control.drill === 'none' ? [] : section('Runtime check', control.drill)),
    ...section('Where it comes from', control.sources.join('; ')),
    '',
  ].join('\n');
}

/** All controls, one line each: `seaworthy controls`. */
export function catalogue(controls: readonly Control[], width: number): string {
  const column = Math.max(...controls.map(({ id }) => id.length)) + 2;
  return `${controls
    .map(({ id, severity, stage, title }) => {
      const head = `${id.padEnd(column)}${severity.padEnd(10)}`;
      const text = `${title}${stage === 'trial' ? ' (on trial)' : ''}`;
      const room = width - head.length;
      return room < 30 ? `${head}\n  ${text}` : head + wrap(text, room).join(`\n${' '.repeat(head.length)}`);
    })
    .join('\n')}\n`;
}
