import '@xyflow/react/dist/base.css';
import dagre from '@dagrejs/dagre';
import { Background, Controls, Handle, Position, ReactFlow, type Edge, type Node, type NodeProps } from '@xyflow/react';
import { IconClock } from '@tabler/icons-react';
import { useMemo } from 'react';
import { inSentence, t } from '../../language/index.js';
import { StateMark } from '../../parts/badge.js';
import { formatCount } from '../../parts/money.js';
import { messageStates, type MessageState } from '../../parts/states.js';
import classes from './flows.module.css';
import type { Step } from './outline.js';

type StepNode = Node<{ step: Step; onChoose?: (step: Step) => void }, 'step'>;
const width = 214;
const heightOf = (step: Step) => 36 + Math.min(step.lines.length, 4) * 17 + (step.counts.length ? 24 : 0);

/** The flow drawn from its file. It only shows: the file is the one truth, and a step leads to its line there. */
export default function FlowGraph({ steps, dimmed, onChoose }: { steps: Step[]; dimmed: boolean; onChoose?: (step: Step) => void }) {
  const { nodes, edges } = useMemo(() => layout(steps, onChoose), [steps, onChoose]);
  return (
    <div className={classes.graph} data-dimmed={dimmed || undefined}>
      {dimmed ? (
        <span className={classes.lastGood}>
          <StateMark icon={IconClock} tone="warn">
            {t('Last good file')}
          </StateMark>
        </span>
      ) : null}
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        minZoom={0.4}
        maxZoom={1.2}
        fitView
        fitViewOptions={{ padding: 0.06, maxZoom: 1 }}
        ariaLabelConfig={{
          'controls.ariaLabel': t('Zoom'),
          'controls.zoomIn.ariaLabel': t('Zoom in'),
          'controls.zoomOut.ariaLabel': t('Zoom out'),
          'controls.fitView.ariaLabel': t('Show all'),
          // Nothing in the graph takes the focus, so nothing is said of how to move it.
          'node.a11yDescription.default': '',
          'node.a11yDescription.keyboardDisabled': '',
          'edge.a11yDescription.default': '',
        }}
      >
        <Background gap={18} size={1} color="var(--mantine-color-default-border)" />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}

function StepCard({ data: { step, onChoose } }: NodeProps<StepNode>) {
  return (
    <div className={classes.step} data-kind={step.kind} style={{ width, minHeight: heightOf(step) }}>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      {onChoose ? (
        <button
          type="button"
          className={classes.stepTitle}
          onClick={() => onChoose(step)}
          aria-label={t('{{title}}: go to its line', { title: step.title })}
        >
          {step.title}
        </button>
      ) : (
        <span className={classes.stepTitle}>{step.title}</span>
      )}
      {step.lines.slice(0, 4).map((line) => (
        <span key={line} className={classes.stepLine} title={line}>
          {line}
        </span>
      ))}
      {step.counts.length ? (
        <span className={classes.stepCounts}>
          {step.counts.map(({ state, count }) => (
            <span key={state} data-tone={messageStates[state as MessageState]?.tone}>
              {formatCount(count)} {inSentence(messageStates[state as MessageState]?.word ?? state)}
            </span>
          ))}
        </span>
      ) : null}
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  );
}

const nodeTypes = { step: StepCard };

function layout(steps: Step[], onChoose?: (step: Step) => void): { nodes: StepNode[]; edges: Edge[] } {
  const graph = new dagre.graphlib.Graph().setGraph({ rankdir: 'TB', ranksep: 30, nodesep: 18 }).setDefaultEdgeLabel(() => ({}));
  for (const step of steps) graph.setNode(step.id, { width, height: heightOf(step) });
  for (const step of steps) for (const before of step.after) graph.setEdge(before, step.id);
  dagre.layout(graph);
  const titles = new Map(steps.map(({ id, title }) => [id, title]));
  return {
    nodes: steps.map((step) => {
      const at = graph.node(step.id);
      return {
        id: step.id,
        type: 'step',
        data: { step, onChoose },
        position: { x: at.x - width / 2, y: at.y - heightOf(step) / 2 },
        width,
        height: heightOf(step),
      };
    }),
    edges: steps.flatMap((step) =>
      step.after.map((before) => ({
        id: `${before}-${step.id}`,
        source: before,
        target: step.id,
        type: 'default',
        ariaLabel: t('From {{before}} to {{step}}', { before: titles.get(before) ?? before, step: step.title }),
      })),
    ),
  };
}
