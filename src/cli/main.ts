#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { VERSION } from '../version.ts';
import { addAssess } from './commands/assess.ts';
import { addBaseline } from './commands/baseline.ts';
import { addClaims } from './commands/claims.ts';
import { addCompare } from './commands/compare.ts';
import { addInit } from './commands/init.ts';
import { addPlan } from './commands/plan.ts';
import { addWaive } from './commands/waive.ts';
import { addControls, addExplain } from './commands/explain.ts';
import { EXIT } from './exit-codes.ts';
import { isStop, STOPPED } from './prompt.ts';
import { isUsageError } from './usage-error.ts';

const ABOUT = `Tells whether a service is ready for production. Reads code, images, deploy files and documents together;
runs nothing of them, and uses no network unless asked (--osv-url).`;

const program = new Command('seaworthy')
  .description(ABOUT)
  .version(VERSION)
  .showSuggestionAfterError()
  .addHelpText(
    'after',
    '\nExamples:\n  seaworthy\n  seaworthy assess ../shop --format markdown --output READINESS.md\n  seaworthy explain config/app-secret',
  )
  .configureOutput({ writeErr: () => undefined });
addAssess(program);
addPlan(program);
addCompare(program);
addBaseline(program);
addClaims(program);
addInit(program);
addWaive(program);
addExplain(program);
addControls(program);
for (const each of [program, ...program.commands])
  each.exitOverride().configureOutput({ writeErr: () => undefined });

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.met); // `seaworthy | head`
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) process.exitCode = EXIT.met;
    else refuse(`${error.message.replace(/^error: /, '')} See \`seaworthy --help\`.`);
  } else if (isUsageError(error)) refuse(error.message);
  else if (isStop(error)) {
    process.stderr.write('\nseaworthy: stopped\n');
    process.exitCode = STOPPED;
  } else
    refuse(
      `Something went wrong inside seaworthy (${error instanceof Error ? error.message : String(error)}). Please report it.`,
    );
}

function refuse(line: string): void {
  process.stderr.write(`seaworthy: ${line.replace(/\s*\n\s*/g, ' ')}\n`);
  process.exitCode = EXIT.couldNotRun;
}
