import { useEffect, useRef, type ReactNode } from 'react';
import classes from './parts.module.css';

let headedPath: string | undefined;

/**
 * Heading of a page. Sets the window title, and takes the focus when a person has navigated here,
 * so that a screen reader says where they are. Not on the first load: there the browser's own start is right.
 */
export function PageHead({
  title,
  name,
  above,
  marks,
  actions,
  lead,
}: {
  title: ReactNode;
  name: string;
  above?: ReactNode;
  marks?: ReactNode;
  actions?: ReactNode;
  lead?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${name} · Waybill`;
  }, [name]);
  useEffect(() => {
    const { pathname } = window.location;
    if (headedPath !== undefined && headedPath !== pathname) heading.current?.focus({ preventScroll: true });
    headedPath = pathname;
  }, []);
  return (
    <header className={classes.pageHead}>
      <div style={{ minWidth: 0, flex: '1 1 320px' }}>
        {above ? <div className={classes.crumb}>{above}</div> : null}
        <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '4px 10px' }}>
          <h1 ref={heading} tabIndex={-1} className={classes.pageTitle}>
            {title}
          </h1>
          {marks}
        </div>
        {lead ? (
          <div className={classes.dim} style={{ marginTop: 2, fontSize: 13, maxWidth: '75ch' }}>
            {lead}
          </div>
        ) : null}
      </div>
      {actions ? <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8 }}>{actions}</div> : null}
    </header>
  );
}

export function Section({ title, aside, children, id }: { title: string; aside?: ReactNode; children: ReactNode; id?: string }) {
  return (
    <section className={classes.section} aria-label={title} id={id}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

export function Facts({ items }: { items: [string, ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {items
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** Somebody else's words, exactly as they came. */
export function Verbatim({ children }: { children: string }) {
  return <blockquote className={classes.quote}>{children}</blockquote>;
}
