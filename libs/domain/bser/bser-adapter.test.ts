import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { HANDOFF_ACTIONS, HANDOFF_MACHINE } from '../handoff/index.js';
import { findTransition, type Machine } from '../machine/index.js';
import { MATTER_ACTIONS, MATTER_MACHINE } from '../matter/index.js';
import { keysOf } from '../wording/index.js';
import { BSER_TRIGGERS, bserOfCommand, commandOfBser } from './bser-adapter.js';
import { BSER_ACTORS, BSER_EVENTS, BSER_NODES, type BserNode, bserContradictions } from './bser-nodes.js';

interface PublishedRow {
  readonly tid: string;
  readonly actor: string;
  readonly event: string;
  readonly from: { readonly node: string; readonly taskStatus: string };
  readonly to: { readonly node: string; readonly taskStatus: string };
  readonly businessStatus: string;
}

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8'));

const isPublished = (it: unknown): it is { transitions: PublishedRow[] } =>
  typeof it === 'object' && it !== null && 'transitions' in it && Array.isArray(it.transitions);

function publishedRows(): readonly PublishedRow[] {
  const table = fixture('transitions.json');
  if (!isPublished(table)) throw new Error('the fixture is not the published table');
  return table.transitions;
}

const ROWS = publishedRows();
const key = (trigger: { actor: string; event: string; from: string }) =>
  `${trigger.actor} | ${trigger.event} | ${trigger.from}`;
const triggerOf = ({ actor, event, from }: PublishedRow) => ({ actor, event, from: from.node });
const isNode = (node: string): node is BserNode => Object.hasOwn(BSER_NODES, node);

describe('the published BSeR table', () => {
  it('has 34 rows of 32 triggers, and those are the triggers we map', () => {
    const published = [...new Set(ROWS.map((row) => key(triggerOf(row))))];
    expect(ROWS).toHaveLength(34);
    expect(published).toHaveLength(32);
    expect(BSER_TRIGGERS.map(key).toSorted()).toEqual(published.toSorted());
  });

  it.each(ROWS)('row $tid is accepted: $actor, $event, from $from.node to $to.node', (row) => {
    const mapped = commandOfBser(triggerOf(row));
    if (!mapped.ok) throw new Error(`refused: ${mapped.refusal.code}`);
    expect(mapped.value.leadsTo).toContain(row.to.node);
    if (!isNode(row.from.node) || !isNode(row.to.node)) throw new Error('not a node of ours');
    expect(BSER_NODES[row.from.node].taskStatus).toBe(row.from.taskStatus);
    expect(BSER_NODES[row.to.node]).toEqual({
      taskStatus: row.to.taskStatus,
      businessStatus: row.businessStatus,
    });
  });

  it('leads nowhere that no row says', () => {
    for (const trigger of BSER_TRIGGERS) {
      const mapped = commandOfBser(trigger);
      const published = ROWS.filter((row) => key(triggerOf(row)) === key(trigger)).map((row) => row.to.node);
      expect(mapped.ok && [...mapped.value.leadsTo].toSorted()).toEqual(published.toSorted());
    }
  });

  it('refuses every other combination of actor, event and node', () => {
    const published = new Set(ROWS.map((row) => key(triggerOf(row))));
    let refused = 0;
    for (const actor of BSER_ACTORS) {
      for (const event of BSER_EVENTS) {
        for (const from of keysOf(BSER_NODES)) {
          if (published.has(key({ actor, event, from }))) continue;
          expect(commandOfBser({ actor, event, from })).toEqual({
            ok: false,
            refusal: { code: 'ILLEGAL_TRANSITION' },
          });
          refused += 1;
        }
      }
    }
    expect(refused).toBe(BSER_ACTORS.length * BSER_EVENTS.length * Object.keys(BSER_NODES).length - 32);
    expect(commandOfBser({ actor: 'nobody', event: 'Send Acceptance', from: '2' }).ok).toBe(false);
    expect(commandOfBser({ actor: 'recipient', event: 'send acceptance', from: '2' }).ok).toBe(false);
  });
});

describe('our commands behind it', () => {
  it('exist in our machines', () => {
    const has = (machine: Machine<string, string, string>, action: string) =>
      machine.transitions.some((step) => step.action === action);
    for (const trigger of BSER_TRIGGERS) {
      const mapped = commandOfBser(trigger);
      if (!mapped.ok) throw new Error('refused');
      const { command } = mapped.value;
      if (command.on === 'handoff') expect(has(HANDOFF_MACHINE, command.action)).toBe(true);
      if (command.on === 'matter') expect(has(MATTER_MACHINE, command.action)).toBe(true);
    }
  });

  it('go back to the very words that asked for them', () => {
    for (const trigger of BSER_TRIGGERS) {
      const mapped = commandOfBser(trigger);
      if (!mapped.ok) throw new Error('refused');
      expect(bserOfCommand(mapped.value.command, trigger.from)).toEqual({
        actor: trigger.actor,
        event: trigger.event,
        leadsTo: mapped.value.leadsTo[0],
      });
    }
  });

  it('hand back instead of letting go, when a recipient declines what it had accepted', () => {
    for (const from of ['3', '5.1', '5.1.1', '5.1.2', '5.1.4']) {
      const mapped = commandOfBser({ actor: 'recipient', event: 'Send Decline', from });
      expect(mapped).toMatchObject({ ok: true, value: { command: { on: 'dispatch', as: 'hand-back' } } });
    }
  });

  it('withdraw an offer that nobody holds, and confirm it at once', () => {
    const mapped = commandOfBser({ actor: 'initiator', event: 'Send Cancelation Request', from: '2' });
    expect(mapped).toMatchObject({
      ok: true,
      value: {
        command: { on: 'handoff', action: 'withdraw' },
        automaticAnswer: { event: 'Send Cancelation Confirmation', leadsTo: '6' },
      },
    });
    expect(findTransition(HANDOFF_MACHINE, { phase: 'opened', action: 'withdraw', side: 'sender' })?.to).toBe(
      'withdrawn',
    );
  });

  it('that BSeR has no word for say nothing to the partner', () => {
    const spoken = new Set([
      'schedule',
      'no-show',
      'event-cancelled',
      'note',
      'close',
      'confirm-cancellation',
    ]);
    for (const action of MATTER_ACTIONS.filter((one) => !spoken.has(one))) {
      expect(keysOf(BSER_NODES).map((node) => bserOfCommand({ on: 'matter', action }, node))).toEqual(
        keysOf(BSER_NODES).map(() => undefined),
      );
    }
    expect(
      HANDOFF_ACTIONS.filter((action) => bserOfCommand({ on: 'handoff', action }, '2') !== undefined),
    ).toEqual(['accept', 'decline', 'withdraw']);
  });
});

describe('a Task that contradicts itself', () => {
  it('is found in the published example: requested, yet fulfilled and with an output', () => {
    const task = fixture('Task-task-bser-referral-task.json');
    expect(task).toMatchObject({ status: 'requested', businessStatus: { coding: [{ code: '7.0' }] } });
    expect(task).toHaveProperty('output');
    expect(bserContradictions({ status: 'requested', businessStatus: '7.0', hasOutput: true })).toEqual([
      'status requested does not go with business status 7.0',
      'a requested Task cannot have an output',
    ]);
  });

  it('is not found in any node of the table, and an unknown business status is', () => {
    for (const { taskStatus, businessStatus } of Object.values(BSER_NODES)) {
      expect(bserContradictions({ status: taskStatus, businessStatus, hasOutput: false })).toEqual([]);
    }
    expect(bserContradictions({ status: 'accepted', businessStatus: '9.9', hasOutput: false })).toEqual([
      'business status 9.9 is not of the table',
    ]);
  });
});
