import { useMemo, useState } from 'preact/hooks';
import type { ReportPage } from 'seaworthy';
import { Accepted } from './components/accepted.tsx';
import { CategoryChart } from './components/category-chart.tsx';
import { Claims } from './components/claims.tsx';
import { Comparison } from './components/comparison.tsx';
import { Findings } from './components/findings.tsx';
import { Frameworks } from './components/frameworks.tsx';
import { Masthead } from './components/masthead.tsx';
import { Method } from './components/method.tsx';
import { Navigation } from './components/navigation.tsx';
import { Passes } from './components/passes.tsx';
import { Plan } from './components/plan.tsx';
import { Reasons } from './components/reasons.tsx';
import { sectionsOf } from './components/sections.ts';
import { Services } from './components/services.tsx';
import { SignOff } from './components/sign-off.tsx';
import { Summary } from './components/summary.tsx';
import { EVERYTHING, type Filter } from './state/filter.ts';

/** The whole page. */
export function Report({ page }: { readonly page: ReportPage }) {
  const [filter, setFilter] = useState<Filter>(EVERYTHING);
  const sections = useMemo(() => sectionsOf(page), [page]);
  const show = (part: Partial<Filter>): void => {
    setFilter({ ...EVERYTHING, ...part });
    document.getElementById('findings')?.scrollIntoView();
  };
  return (
    <>
      <a class="skip" href="#findings">
        Skip to the findings
      </a>
      <Masthead page={page} />
      <div class="frame">
        <Navigation sections={sections} />
        <main>
          <Summary page={page} onShow={show} />
          {page.comparison !== 'none' && <Comparison comparison={page.comparison} />}
          <CategoryChart categories={page.categories} onShow={show} />
          <Services page={page} onShow={show} />
          <Findings page={page} filter={filter} onFilter={setFilter} />
          <Claims claims={page.claims} />
          <Plan plan={page.plan} />
          <Passes passes={page.passes} services={page.services.length} />
          <Reasons page={page} />
          <Accepted page={page} />
          <Frameworks frameworks={page.frameworks} />
          <Method page={page} />
          <SignOff />
        </main>
      </div>
    </>
  );
}
