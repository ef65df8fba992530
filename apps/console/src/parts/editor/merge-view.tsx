import { MergeView as Merge } from '@codemirror/merge';
import { useEffect, useRef } from 'react';
import { t } from '../../language/index.js';
import classes from './editor.module.css';
import { editorSetup } from './setup.js';

export default function MergeView({
  before,
  after,
  beforeLabel,
  afterLabel,
  language = 'json',
}: {
  before: string;
  after: string;
  beforeLabel: string;
  afterLabel: string;
  language?: 'json' | 'yaml' | 'jsonata';
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const view = new Merge({
      parent: box.current!,
      a: { doc: before, extensions: editorSetup({ language, label: beforeLabel, readOnly: true }) },
      b: { doc: after, extensions: editorSetup({ language, label: afterLabel, readOnly: true }) },
      collapseUnchanged: { margin: 3, minSize: 8 },
      gutter: true,
    });
    return () => view.destroy();
  }, [before, after, beforeLabel, afterLabel, language]);
  return (
    <div className={classes.merge}>
      <div className={classes.mergeHead}>
        <span>{beforeLabel}</span>
        <span>{afterLabel}</span>
      </div>
      {before === after ? <p className={classes.same}>{t('No difference.')}</p> : null}
      <div ref={box} className={classes.mergeBody} />
    </div>
  );
}
