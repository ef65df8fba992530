import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { flowQuery, type Flow } from '../../api/build.js';
import { inSentence, t } from '../../language/index.js';
import { formatCount } from '../../parts/money.js';
import { PageHead } from '../../parts/page.js';
import { Failure, Waiting } from '../../parts/situations.js';
import { MessageStateMark, messageStateOrder, SwitchMark } from '../../parts/states.js';
import { FlowActions } from './flow-actions.js';
import { FlowDesign } from './flow-design.js';
import classes from './flows.module.css';
import { FlowPromise } from './flow-promise.js';
import { endOf } from './outline.js';
import { shareInWords, stateWord } from './release-words.js';
import { Releases } from './releases.js';
import { Timeline } from './timeline.js';

const route = getRouteApi('/app/flows/$name');

const firstFile =
  'flow: my-flow\ndescription: What it does, in one sentence\nfrom: { connection: stripe, stream: invoices }\nmap: my-mapping\nproduce: invoice@1\nto: { canonical: invoice@1 }\n';

export function Page() {
  const { name } = route.useParams();
  const navigate = useNavigate();
  const isNew = name === 'new';
  const query = useQuery({ ...flowQuery(name), enabled: !isNew });
  if (isNew) {
    return (
      <>
        <PageHead
          title={t('New flow')}
          name={t('New flow')}
          above={
            <Link to="/flows" search={{}} style={{ color: 'inherit' }}>
              {t('Flows')}
            </Link>
          }
          lead={t('The file says everything; it is checked as you write.')}
        />
        <FlowDesign
          yaml={firstFile}
          counts={{}}
          onSaved={(saved) => void navigate({ to: '/flows/$name', params: { name: saved }, search: {} })}
        />
      </>
    );
  }
  if (query.isPending)
    return (
      <>
        <PageHead title={name} name={name} />
        <Waiting rows={12} height={44} />
      </>
    );
  if (!query.data)
    return (
      <>
        <PageHead title={name} name={name} />
        <Failure error={query.error} what={t('flow {{name}}', { name })} onRetry={() => void query.refetch()} />
      </>
    );
  return <FlowView flow={query.data} />;
}

function FlowView({ flow }: { flow: Flow }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const tab = search.tab === 'releases' || search.tab === 'timeline' ? search.tab : 'design';
  /** Once it was shown it stays, with what somebody has written in it. */
  const [designSeen, setDesignSeen] = useState(tab === 'design');
  if (tab === 'design' && !designSeen) setDesignSeen(true);
  const states = messageStateOrder.filter((state) => (flow.counts[state] ?? 0) > 0);
  return (
    <>
      <PageHead
        title={flow.name}
        name={flow.name}
        above={
          <>
            <Link to="/flows" search={{}} style={{ color: 'inherit' }}>
              {t('Flows')}
            </Link>{' '}
            · {endOf(flow.source)} → {endOf(flow.target)} · {t('release {{version}}', { version: flow.release.version })}
            {flow.candidate ? (
              <>
                {' · '}
                <Link
                  to="/flows/$name"
                  params={{ name: flow.name }}
                  search={{ tab: 'releases', release: flow.candidate.id }}
                  style={{ color: 'inherit' }}
                >
                  {[
                    t('version {{version}}: {{state}}', {
                      version: flow.candidate.version,
                      state: inSentence(stateWord(flow.candidate.state)),
                    }),
                    ...(flow.candidate.share ? [shareInWords(flow.candidate.share)] : []),
                  ].join(', ')}
                </Link>
              </>
            ) : null}
          </>
        }
        marks={<SwitchMark state={flow.state} />}
        lead={flow.description}
        actions={<FlowActions flow={flow} />}
      />
      <ul
        className={classes.counts}
        aria-label={t('Messages by state; final states over the last 24 hours')}
        style={{ listStyle: 'none', padding: 0 }}
      >
        {states.map((state) => (
          <li key={state}>
            <Link
              to={state === 'exception' ? '/exceptions' : '/messages'}
              search={state === 'exception' ? { view: 'list', flow: flow.name } : { flow: flow.name, state }}
            >
              <MessageStateMark state={state} /> {formatCount(flow.counts[state] ?? 0)}
            </Link>
          </li>
        ))}
      </ul>
      <FlowPromise flow={flow.name} />
      <Tabs
        value={tab}
        onChange={(tab) =>
          void navigate({
            to: '/flows/$name',
            params: { name: flow.name },
            search: { tab: tab === 'design' ? undefined : (tab ?? undefined) },
          })
        }
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="design">{t('Design')}</Tabs.Tab>
          <Tabs.Tab value="releases">{t('Releases')}</Tabs.Tab>
          <Tabs.Tab value="timeline">{t('Timeline')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="design" keepMounted={designSeen}>
          <FlowDesign
            key={flow.name}
            name={flow.name}
            yaml={flow.yaml}
            version={flow.release.version}
            savedBy={flow.release.createdBy}
            counts={flow.counts}
            approver={flow.approver}
            onSaved={(saved, draft) => {
              if (draft !== undefined)
                void navigate({ to: '/flows/$name', params: { name: saved }, search: { tab: 'releases', release: draft } });
            }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="releases">
          <Releases flow={flow} />
        </Tabs.Panel>
        <Tabs.Panel value="timeline">
          <Timeline flow={flow.name} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
