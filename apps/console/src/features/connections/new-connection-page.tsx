import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { connectorsQuery } from '../../api/build.js';
import { t } from '../../language/index.js';
import { PageHead, Section } from '../../parts/page.js';
import { Failure, FirstUse, Waiting } from '../../parts/situations.js';
import { ConnectionForm } from './connection-form.js';
import classes from './connections.module.css';

const route = getRouteApi('/app/connections/new');

/** First the connector, then its settings. */
export function Page() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const query = useQuery(connectorsQuery);
  const connector = query.data?.items.find((known) => known.name === search.connector);
  const back = (
    <Link to="/connections" search={{}} style={{ color: 'inherit' }}>
      {t('Connections')}
    </Link>
  );
  if (connector) {
    return (
      <>
        <PageHead
          title={t('New connection to {{title}}', { title: connector.title })}
          name={t('New connection')}
          above={
            <>
              {back} ·{' '}
              <Link to="/connections/new" search={{ name: search.name }} style={{ color: 'inherit' }}>
                {t('Catalogue')}
              </Link>
            </>
          }
          lead={connector.summary}
        />
        <div className={classes.columns}>
          <ConnectionForm
            key={connector.name}
            connector={connector}
            suggestedName={search.name}
            onSaved={(saved) => void navigate({ to: '/connections/$name', params: { name: saved.name }, search: {} })}
          />
          <Section title={t('From the connector’s documentation')}>
            <div className={classes.doc} tabIndex={0} role="region" aria-label={t('Documentation')}>
              {connector.documentation}
            </div>
          </Section>
        </div>
      </>
    );
  }
  return (
    <>
      <PageHead title={t('New connection')} name={t('New connection')} above={back} lead={t('Choose the system.')} />
      {query.isPending ? <Waiting rows={4} height={80} /> : null}
      {query.isError && !query.data ? <Failure error={query.error} what={t('connectors')} onRetry={() => void query.refetch()} /> : null}
      {query.data?.items.length === 0 ? (
        <FirstUse title={t('No connectors are installed')}>{t('Connectors are packages that the engine is built with.')}</FirstUse>
      ) : null}
      <ul className={classes.catalogue}>
        {query.data?.items.map((known) => (
          <li key={known.name}>
            <Link to="/connections/new" search={{ connector: known.name, name: search.name }}>
              <b>{known.title}</b>
              <p>{known.summary}</p>
              <small>
                {[
                  known.streams.length
                    ? t('reads {{streams}}', { streams: known.streams.map((stream) => stream.title.toLowerCase()).join(', ') })
                    : '',
                  known.operations.length
                    ? t('writes {{documents}}', { documents: known.operations.map((operation) => operation.document).join(', ') })
                    : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
