/** What the server says. A field `…Ms` is a span in milliseconds, one `…At` is Unix epoch time in milliseconds. */
export interface UserInfo {
  userId: string;
  userName: string;
  avatarUrl: string;
}

/** `free`: anyone takes a free seat. `apply`: by `applyForSeat` or an invitation. */
export type SeatMode = 'free' | 'apply';

/** What a live is. */
export interface LiveInfo {
  liveId: string;
  liveName: string;
  coverUrl: string;
  notice: string;
  owner: UserInfo;
  isOwnerOnline: boolean;
  adminUserIds: string[];
  isPublicVisible: boolean;
  maxSeatCount: number;
  seatMode: SeatMode;
  createdAt: number;
}

/** A live as the list shows it. */
export interface LiveCard extends LiveInfo {
  activity: 'alone' | 'coHosting' | 'inBattle';
  connectedCount: number;
  takenSeatCount: number;
  viewerCount: number;
}

/** What a live came to. */
export interface LiveSummary {
  durationMs: number;
  messageCount: number;
  giftCount: number;
  giftCoins: number;
  battleCount: number;
  battlesWon: number;
}

/** Who sits on a seat. */
export interface SeatUser extends UserInfo {
  isMicrophoneOpen: boolean;
  allowOpenMicrophone: boolean;
  isOnline: boolean;
  takenAt: number;
}

/** A seat; its key is (liveId, index). */
export interface SeatInfo {
  liveId: string;
  index: number;
  isLocked: boolean;
  user?: SeatUser;
}

/** Somebody wants a seat: the one named, or any. */
export interface SeatApplication {
  user: UserInfo;
  index?: number;
  createdAt: number;
  expiresAt: number;
}

/** Somebody shall have a seat: the one named, or any. */
export interface SeatInvitation extends SeatApplication {
  inviter: UserInfo;
}

/** What becomes of who sits on the seat already: the move fails, that user loses the seat, or both change places. */
export type MoveSeatPolicy = 'abortWhenOccupied' | 'forceReplace' | 'swapPosition';
/** Why an invitation or a request was declined. */
export type RejectReason = 'declined' | 'busy' | 'doNotDisturb';

/** A live of a connection. */
export interface CoHostLive {
  liveId: string;
  liveName: string;
  coverUrl: string;
  owner: UserInfo;
  isOwnerOnline: boolean;
  maxSeatCount: number;
  joinedAt: number;
}

/** An invitation of one live to another. */
export interface CoHostInvitation {
  from: CoHostLive;
  to: CoHostLive;
  layoutTemplate: number;
  extraInfo: string;
  battle?: BattleConfig;
  createdAt: number;
  expiresAt: number;
}

/** As the server keeps it. */
export interface BattleConfig {
  durationMs: number;
  needResponse: boolean;
  startWhen: 'all' | 'any';
  extensionInfo: string;
  settleMs: number;
  penaltyMs: number;
  endWhenOneLeft: boolean;
  disconnectAfter: boolean;
}

/** One side of a battle: a live and its owner. `exited` says why it is out; its score stays. */
export interface BattleSide {
  liveId: string;
  user: UserInfo;
  score: number;
  exited?: BattleExitReason;
}

/** Why a side is out of a battle. */
export type BattleExitReason = 'exited' | 'disconnected' | 'leftConnection' | 'liveEnded';

/** A side's place in the result. */
export interface RankedSide {
  liveId: string;
  userId: string;
  /** Competition rank: 1, 1, 3. */
  rank: number;
  score: number;
  outcome: 'won' | 'lost' | 'draw' | 'exited';
}

/** Somebody who gave to a side. */
export interface Contributor {
  userId: string;
  userName: string;
  /** Points of all adds that were not reversed. */
  score: number;
}

/** Who gave the most to one side. */
export interface SideContributors {
  liveId: string;
  /** The most generous first; three at most. */
  contributors: Contributor[];
}

/** How a battle ended. The server decides it. */
export interface BattleResult {
  reason: 'timeUp' | 'allExited' | 'oneLeft' | 'endedByService';
  isDraw: boolean;
  ranking: RankedSide[];
  /** Who gave the most to each side to which somebody gave. */
  contributors?: SideContributors[];
  /** Versions of the gift rules that the points were counted by, as far as the back end said. */
  ruleVersions?: string[];
}

/** A battle. `scoreRev` grows with every change of a score. */
export interface BattleInfo {
  battleId: string;
  connectionId: string;
  config: BattleConfig;
  phase: 'running' | 'settling' | 'penalty' | 'ended';
  inviterUserId: string;
  startedAt: number;
  endsAt: number;
  penaltyEndsAt?: number;
  sides: BattleSide[];
  scoreRev: number;
  /** Who has given the most so far to each side to which somebody gave. */
  contributors?: SideContributors[];
  result?: BattleResult;
}

/** Somebody who was asked to battle, and the answer so far. */
export interface BattleInvitee {
  liveId: string;
  user: UserInfo;
  answer: 'waiting' | 'accepted' | 'rejected' | 'cancelled' | 'timedOut';
}

/** A battle that awaits consent. */
export interface BattleRequest {
  battleId: string;
  inviter: UserInfo;
  inviterLiveId: string;
  invitees: BattleInvitee[];
  config: BattleConfig;
  createdAt: number;
  expiresAt: number;
}

/** A line of the chat. */
export interface TextMessage {
  sender: UserInfo;
  text: string;
  sentAt: number;
}

/** Something to give; its price is in coins. */
export interface Gift {
  giftId: string;
  giftName: string;
  icon: string;
  tier: 'basic' | 'intermediate' | 'advanced' | 'special';
  coins: number;
}

/** A gift that was sent; `battleId` where the receiver's side was in a battle. */
export interface GiftMessage {
  sender: UserInfo;
  receiver: UserInfo;
  toLiveId: string;
  gift: Gift;
  count: number;
  battleId?: string;
  sentAt: number;
}

/** An entry of the chat. */
export type ChatItem = ({ kind: 'text' } & TextMessage) | ({ kind: 'gift' } & GiftMessage);

/** The whole state of one live. */
export interface LiveSnapshot {
  live: LiveInfo;
  seats: SeatInfo[];
  coHost: {
    status: 'disconnected' | 'connected';
    connectionId?: string;
    layoutTemplate: number;
    connected: CoHostLive[];
    mutedLiveIds: string[];
  };
  battle?: BattleInfo;
  recentMessages: ChatItem[];
  private: {
    seatApplications: SeatApplication[];
    seatInvitations: SeatInvitation[];
    invitees: CoHostInvitation[];
    applicants: CoHostInvitation[];
    battleRequestSent?: BattleRequest;
    battleRequestsReceived: BattleRequest[];
    messageDisabledUserIds: string[];
  };
  viewerCount: number;
  likes: number;
}

/** A user who may not come into a live. */
export interface BannedUser {
  user: UserInfo;
  bannedAt: number;
  /** Absent: until somebody lifts the ban. */
  bannedUntil?: number;
  /** The owner or admin who did it; absent for a service. */
  operator?: UserInfo;
}

interface BattleRef {
  battleId: string;
}

interface Pair {
  fromLiveId: string;
  toLiveId: string;
}

/** What happens in a live, by name. */
export interface EventMap {
  /** The live is over; to everybody in it. */
  onLiveEnded: { reason: 'endedByOwner' | 'endedByService' | 'ownerGone'; summary: LiveSummary };
  /** Name, notice, seats or owner of this or of a connected live changed; to everybody. */
  onLiveInfoChanged: { live: LiveInfo };
  /** A seat holder or owner, here or in a connected live, is back; to everybody. */
  onUserOnline: { userId: string };
  /** A seat holder or owner, here or in a connected live, lost the connection; to everybody. */
  onUserOffline: { userId: string };
  /** You are out; `operator` is absent for a service, `bannedUntil` until somebody lifts the ban. */
  onKickedOutOfLive: { reason: 'kicked' | 'banned'; operator?: UserInfo; bannedUntil?: number };
  /** Somebody may write no texts any more, or may again; to that user, owner and admins. */
  onAudienceMessageDisabled: { userId: string; isDisable: boolean };
  /** The seats that changed, here or in connected lives; to everybody. */
  onSeatListChanged: { seats: SeatInfo[] };
  /** Somebody applied for a seat; to the applicant, owner and admins, as all about applications. */
  onSeatApplicationReceived: { application: SeatApplication };
  /** The applicant took the application back. */
  onSeatApplicationCancelled: { userId: string };
  /** The applicant has the seat. */
  onSeatApplicationAccepted: { userId: string; index: number };
  /** The applicant gets no seat. */
  onSeatApplicationRejected: { userId: string };
  /** Nobody answered the application in time. */
  onSeatApplicationTimeout: { userId: string };
  /** Somebody was invited to a seat; to that user, owner and admins, as all about invitations to seats. */
  onSeatInvitationReceived: { invitation: SeatInvitation };
  /** The invitation to a seat was taken back. */
  onSeatInvitationCancelled: { userId: string };
  /** The invited user has the seat. */
  onSeatInvitationAccepted: { userId: string; index: number };
  /** The invited user wants no seat. */
  onSeatInvitationRejected: { userId: string };
  /** The invited user did not answer in time. */
  onSeatInvitationTimeout: { userId: string };
  /** You were taken off your seat. */
  onKickedOffSeat: { index: number };
  /** Your live has invited another one; to the inviting owner. */
  onCoHostRequestSent: { invitation: CoHostInvitation };
  /** Another live invites yours; to the invited owner. */
  onCoHostRequestReceived: { invitation: CoHostInvitation };
  /** An invitation was taken back; to both owners, as all about invitations. */
  onCoHostRequestCancelled: Pair;
  /** An invitation was accepted; what it led to is `onCoHostUserJoined`. */
  onCoHostRequestAccepted: Pair;
  /** An invitation was declined. */
  onCoHostRequestRejected: Pair & { reason: RejectReason };
  /** An invitation was not answered in time. */
  onCoHostRequestTimeout: Pair;
  /** Lives joined the connection; to everybody in all of its lives. */
  onCoHostUserJoined: {
    connectionId: string;
    layoutTemplate: number;
    joinedLiveIds: string[];
    connected: CoHostLive[];
    seats: SeatInfo[];
  };
  /** A live left the connection; when it is this one, it is connected no more. To everybody. */
  onCoHostUserLeft: {
    connectionId: string;
    leftLiveId: string;
    reason: 'left' | 'disconnected' | 'liveEnded' | 'connectionEnded' | 'battleOver';
  };
  /** Other lives were muted for this one, or may be heard again; to everybody. */
  onRemoteHostAudioChanged: { mutedLiveIds: string[] };
  /** Your live has asked for a battle; to the inviter. */
  onBattleRequestSent: { request: BattleRequest };
  /** Your live is asked to battle; to each invitee. */
  onBattleRequestReceived: { request: BattleRequest };
  /** An invitee accepted; to inviter and invitees, as all about requests. */
  onBattleRequestAccepted: BattleRef & { userId: string };
  /** An invitee declined. */
  onBattleRequestRejected: BattleRef & { userId: string; reason: RejectReason };
  /** An invitee did not answer in time. */
  onBattleRequestTimeout: BattleRef & { userId: string };
  /** The request was taken back from these users. */
  onBattleRequestCancelled: BattleRef & { userIds: string[] };
  /** No battle comes of the request. */
  onBattleRequestEnded: BattleRef & { reason: string };
  /** A battle began; to everybody. */
  onBattleStarted: { battleInfo: BattleInfo };
  /** A side left the battle; its score stays. To everybody. */
  onUserExitBattle: BattleRef & { userId: string; userLiveId: string; reason: BattleExitReason };
  /** Time is up; until `settlesAt` scores from before the end are still counted. To everybody. */
  onBattleSettling: BattleRef & { endsAt: number; settlesAt: number };
  /** A battle is over, with final scores, ranking and outcome; to everybody. */
  onBattleEnded: { battleInfo: BattleInfo };
  /** Losers serve their penalty; to everybody. */
  onBattlePenaltyStarted: BattleRef & { loserUserIds: string[]; penaltyEndsAt: number };
  /** The penalty is over, or the winner let them off; to everybody. */
  onBattlePenaltyEnded: BattleRef & { reason: string };
  /** A text was written; to everybody. */
  onTextMessage: { message: TextMessage };
  /** A gift was sent; to everybody. */
  onGift: { message: GiftMessage };
}

/** The name of an event. */
export type EventName = keyof EventMap;
/** An event with its place: `seq` is absent where not everybody in the live hears it. */
export type EventFrame<Name extends EventName> = {
  liveId: string;
  seq?: number;
  at: number;
  type: Name;
} & EventMap[Name];
