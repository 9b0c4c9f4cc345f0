import type { WayStep } from 'seaworthy';
import { Excerpt } from './excerpt.tsx';
import { Text } from './text.tsx';

interface Props {
  readonly steps: readonly WayStep[];
  /** What the finding says, which is not said again at its own step. */
  readonly message: string;
}

/** The way that was followed, from the file that deploys to the line where it takes effect. */
export function Way({ steps, message }: Props) {
  return (
    <div class="way">
      <p class="soft">How it was followed:</p>
      <ol>
        {steps.map(step => {
          const says = step.says.filter(text => text !== message);
          return (
            <li key={step.where} class={step.own ? 'own' : ''}>
              <p>
                <span class="role">{step.role}</span> <code class="where">{step.where}</code>{' '}
                {says.length > 0 && (
                  <span>
                    <Text>{says.join(', ')}</Text>{' '}
                  </span>
                )}
                {step.own && <span class="here">Here it fails.</span>}
              </p>
              <Excerpt step={step} />
            </li>
          );
        })}
      </ol>
    </div>
  );
}
