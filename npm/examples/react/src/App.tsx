// A host's whole evening: start a live, invite another, battle, see the result.
import { DuelcastError, type BattleInfo } from 'duelcast';
import {
  useBattle,
  useCoHost,
  useConnection,
  useEvent,
  useLive,
  useLiveList,
  useSeats,
} from 'duelcast/react';
import { useState } from 'react';

const BATTLE = { duration: 10, penalty: 60, needResponse: true };

export function App({ name, ready }: { name: string; ready: Promise<void> }) {
  const connection = useConnection();
  const [, lives] = useLiveList();
  const [liveID, setLiveID] = useState<string>();
  const [error, setError] = useState('');
  const run: Run = (action) => () => {
    action().catch((cause: unknown) =>
      setError(cause instanceof DuelcastError ? `${cause.name}: ${cause.message}` : String(cause)),
    );
  };
  const start = async () => {
    await ready;
    setLiveID((await lives.createLive({ liveName: name })).liveID);
  };
  return (
    <>
      <p>
        Connection: <output id="connection">{connection.status}</output>, live:{' '}
        <output id="live">{liveID ?? 'none'}</output>
      </p>
      {!liveID && (
        <button id="start" onClick={run(start)}>
          Start a live
        </button>
      )}
      {liveID && <Live liveID={liveID} run={run} />}
      <p id="error" role="alert">
        {error}
      </p>
    </>
  );
}

type Run = (action: () => Promise<unknown>) => () => void;

function Live({ liveID, run }: { liveID: string; run: Run }) {
  useLive(liveID);
  return (
    <>
      <Seats liveID={liveID} />
      <CoHosting liveID={liveID} run={run} />
      <Battle liveID={liveID} run={run} />
    </>
  );
}

function Seats({ liveID }: { liveID: string }) {
  const [{ seatList }] = useSeats(liveID);
  return (
    <ul id="seats">
      {seatList
        .filter((seat) => seat.user)
        .map((seat) => (
          <li
            key={`${seat.liveId} ${seat.index}`}
          >{`${seat.liveId} ${seat.index}: ${seat.user?.userName}`}</li>
        ))}
    </ul>
  );
}

function CoHosting({ liveID, run }: { liveID: string; run: Run }) {
  const [{ liveList }, lives] = useLiveList();
  const [{ status, applicants }, coHost] = useCoHost(liveID);
  const invite = (target: string) =>
    coHost.requestHostConnection({ targetHosts: [target], timeout: 30 });
  return (
    <>
      <h2>
        Co-hosting: <output id="co-host">{status}</output>
      </h2>
      <button id="refresh" onClick={run(() => lives.fetchLiveList())}>
        Who is live?
      </button>
      <ul id="lives">
        {liveList.map((live) => (
          <li key={live.liveId}>
            {live.liveName} <button onClick={run(() => invite(live.liveId))}>Invite</button>
          </li>
        ))}
      </ul>
      <ul id="applicants">
        {applicants.map(({ from }) => (
          <li key={from.liveId}>
            {from.owner.userName} invites{' '}
            <button onClick={run(() => coHost.acceptHostConnection(from.liveId))}>Accept</button>
            <button onClick={run(() => coHost.rejectHostConnection(from.liveId))}>Decline</button>
          </li>
        ))}
      </ul>
      <button id="exit-connection" onClick={run(() => coHost.exitHostConnection())}>
        Leave the connection
      </button>
    </>
  );
}

function Battle({ liveID, run }: { liveID: string; run: Run }) {
  const [{ connected }] = useCoHost(liveID);
  const [{ currentBattleInfo, battleScore, requestsReceived }, battle] = useBattle(liveID);
  const [result, setResult] = useState('');
  useEvent(battle, 'onBattleStarted', () => setResult('Fight!'));
  const showResult = ({ result }: BattleInfo) => {
    const first = result?.ranking[0];
    setResult(result?.isDraw ? 'A draw' : `${first?.userId} wins with ${first?.score}`);
  };
  const others = connected
    .filter((live) => live.liveId !== liveID)
    .map((live) => live.owner.userId);
  return (
    <>
      <h2>
        Battle: <output id="phase">{currentBattleInfo?.phase ?? 'none'}</output>
      </h2>
      <duelcast-pk-bar
        live-id={liveID}
        onbattleEnded={({ detail }) => showResult(detail.battleInfo)}
      />
      <button id="battle" onClick={run(() => battle.requestBattle(others, BATTLE, 30))}>
        Ask everybody to battle
      </button>
      <button
        id="exit-battle"
        onClick={run(() => battle.exitBattle(currentBattleInfo?.battleId ?? ''))}
      >
        Leave the battle
      </button>
      <ul id="requests">
        {requestsReceived.map((request) => (
          <li key={request.battleId}>
            {request.inviter.userName} wants to battle{' '}
            <button onClick={run(() => battle.acceptBattle(request.battleId))}>Accept</button>
            <button onClick={run(() => battle.rejectBattle(request.battleId))}>Decline</button>
          </li>
        ))}
      </ul>
      <ul id="scores">
        {Object.entries(battleScore).map(([user, score]) => (
          <li key={user}>{`${user}: ${score}`}</li>
        ))}
      </ul>
      <p id="result">{result}</p>
    </>
  );
}
