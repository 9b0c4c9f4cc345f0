import { Part } from './part.tsx';

const ROLES = ['Engineering', 'Operations', 'Security'] as const;

/** Left blank for people. */
export function SignOff() {
  return (
    <Part id="sign-off" title="Sign-off">
      <table class="sign-off">
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col">Name</th>
            <th scope="col">Date</th>
            <th scope="col">Decision</th>
          </tr>
        </thead>
        <tbody>
          {ROLES.map(role => (
            <tr key={role}>
              <th scope="row">{role}</th>
              <td />
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}
