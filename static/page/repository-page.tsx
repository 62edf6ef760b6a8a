/** The full page: its window and filters, and its tabs, each loaded with a script of its own when it is opened. */
import Tabs, { Tab as TabButton, TabList, TabPanel } from '@atlaskit/tabs';
import type { ComponentType, ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import { LazyContent, type LoadContent } from '../shared/lazy-content';
import { QueryContext } from '../shared/query';
import { LoadingState } from '../shared/states';
import { TABS, type PageAddress, type Tab } from '../view-model/page-address';
import { TakeAway } from './take-away/take-away';
import { usePageAddress } from './use-page-address';
import { WindowAndFilters } from './window-and-filters';

export function RepositoryPage(): ReactElement {
  const [address, show] = usePageAddress();
  return address === null ? <LoadingState /> : <ShownPage address={address} onShow={show} />;
}

function ShownPage({
  address,
  onShow,
}: {
  readonly address: PageAddress;
  readonly onShow: (address: PageAddress) => void;
}): ReactElement {
  const { t } = useLanguage();
  const { tab, query } = address;
  return (
    <QueryContext.Provider value={query}>
      <main className="page">
        <div className="bar-line">
          <h1>{t('page.title')}</h1>
          <TakeAway tab={tab} query={query} />
        </div>
        <WindowAndFilters query={query} onChange={(changed) => onShow({ tab, query: changed })} />
        <Tabs
          id="page"
          selected={TABS.indexOf(tab)}
          onChange={(place) => onShow({ tab: TABS[place] ?? tab, query })}
        >
          <TabList>
            {TABS.map((each) => (
              <TabButton key={each}>{t(`tab.${each}`)}</TabButton>
            ))}
          </TabList>
          {TABS.map((each) => (
            <TabPanel key={each}>
              <div className="tab-content">
                <LazyContent load={CONTENTS[each]} />
              </div>
            </TabPanel>
          ))}
        </Tabs>
      </main>
    </QueryContext.Provider>
  );
}

const CONTENTS: Readonly<Record<Tab, LoadContent>> = {
  overview: async (): Promise<ComponentType> => (await import('./overview/overview-tab')).OverviewTab,
  delivery: async (): Promise<ComponentType> => (await import('./delivery/delivery-tab')).DeliveryTab,
  pullRequests: async (): Promise<ComponentType> =>
    (await import('./pull-requests/pull-requests-tab')).PullRequestsTab,
  reviews: async (): Promise<ComponentType> => (await import('./reviews/reviews-tab')).ReviewsTab,
  openWork: async (): Promise<ComponentType> => (await import('./open-work/open-work-tab')).OpenWorkTab,
  pipelines: async (): Promise<ComponentType> => (await import('./pipelines/pipelines-tab')).PipelinesTab,
  data: async (): Promise<ComponentType> => (await import('./data-tab')).DataTab,
};
