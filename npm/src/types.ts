/** What the server says. A field `…Ms` is a span in milliseconds, one `…At` is Unix epoch time in milliseconds. */
export interface UserInfo {
  userId: string;
  userName: string;
  avatarUrl: string;
}

export type SeatMode = 'free' | 'apply';

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

export interface LiveSummary {
  durationMs: number;
  messageCount: number;
  giftCount: number;
  giftCoins: number;
  battleCount: number;
  battlesWon: number;
}

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

export interface SeatApplication {
  user: UserInfo;
  index?: number;
  createdAt: number;
  expiresAt: number;
}

export interface SeatInvitation extends SeatApplication {
  inviter: UserInfo;
}

export type MoveSeatPolicy = 'abortWhenOccupied' | 'forceReplace' | 'swapPosition';
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

export interface BattleSide {
  liveId: string;
  user: UserInfo;
  score: number;
  exited?: BattleExitReason;
}

export type BattleExitReason = 'exited' | 'disconnected' | 'leftConnection' | 'liveEnded';

export interface RankedSide {
  liveId: string;
  userId: string;
  /** Competition rank: 1, 1, 3. */
  rank: number;
  score: number;
  outcome: 'won' | 'lost' | 'draw' | 'exited';
}

export interface Contributor {
  userId: string;
  userName: string;
  /** Points of all adds that were not reversed. */
  score: number;
}

export interface SideContributors {
  liveId: string;
  /** The most generous first; three at most. */
  contributors: Contributor[];
}

export interface BattleResult {
  reason: 'timeUp' | 'allExited' | 'oneLeft' | 'endedByService';
  isDraw: boolean;
  ranking: RankedSide[];
  /** Who gave the most to each side to which somebody gave. */
  contributors?: SideContributors[];
  /** Versions of the gift rules that the points were counted by, as far as the back end said. */
  ruleVersions?: string[];
}

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

export interface BattleInvitee {
  liveId: string;
  user: UserInfo;
  answer: 'waiting' | 'accepted' | 'rejected' | 'cancelled' | 'timedOut';
}

export interface BattleRequest {
  battleId: string;
  inviter: UserInfo;
  inviterLiveId: string;
  invitees: BattleInvitee[];
  config: BattleConfig;
  createdAt: number;
  expiresAt: number;
}

export interface TextMessage {
  sender: UserInfo;
  text: string;
  sentAt: number;
}

export interface Gift {
  giftId: string;
  giftName: string;
  icon: string;
  tier: 'basic' | 'intermediate' | 'advanced' | 'special';
  coins: number;
}

export interface GiftMessage {
  sender: UserInfo;
  receiver: UserInfo;
  toLiveId: string;
  gift: Gift;
  count: number;
  battleId?: string;
  sentAt: number;
}

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
  onLiveEnded: { reason: 'endedByOwner' | 'endedByService' | 'ownerGone'; summary: LiveSummary };
  onLiveInfoChanged: { live: LiveInfo };
  onUserOnline: { userId: string };
  onUserOffline: { userId: string };
  /** You are out; `operator` is absent for a service, `bannedUntil` until somebody lifts the ban. */
  onKickedOutOfLive: { reason: 'kicked' | 'banned'; operator?: UserInfo; bannedUntil?: number };
  onAudienceMessageDisabled: { userId: string; isDisable: boolean };
  onSeatListChanged: { seats: SeatInfo[] };
  onSeatApplicationReceived: { application: SeatApplication };
  onSeatApplicationCancelled: { userId: string };
  onSeatApplicationAccepted: { userId: string; index: number };
  onSeatApplicationRejected: { userId: string };
  onSeatApplicationTimeout: { userId: string };
  onSeatInvitationReceived: { invitation: SeatInvitation };
  onSeatInvitationCancelled: { userId: string };
  onSeatInvitationAccepted: { userId: string; index: number };
  onSeatInvitationRejected: { userId: string };
  onSeatInvitationTimeout: { userId: string };
  onKickedOffSeat: { index: number };
  onCoHostRequestSent: { invitation: CoHostInvitation };
  onCoHostRequestReceived: { invitation: CoHostInvitation };
  onCoHostRequestCancelled: Pair;
  onCoHostRequestAccepted: Pair;
  onCoHostRequestRejected: Pair & { reason: RejectReason };
  onCoHostRequestTimeout: Pair;
  onCoHostUserJoined: {
    connectionId: string;
    layoutTemplate: number;
    joinedLiveIds: string[];
    connected: CoHostLive[];
    seats: SeatInfo[];
  };
  onCoHostUserLeft: {
    connectionId: string;
    leftLiveId: string;
    reason: 'left' | 'disconnected' | 'liveEnded' | 'connectionEnded' | 'battleOver';
  };
  onRemoteHostAudioChanged: { mutedLiveIds: string[] };
  onBattleRequestSent: { request: BattleRequest };
  onBattleRequestReceived: { request: BattleRequest };
  onBattleRequestAccepted: BattleRef & { userId: string };
  onBattleRequestRejected: BattleRef & { userId: string; reason: RejectReason };
  onBattleRequestTimeout: BattleRef & { userId: string };
  onBattleRequestCancelled: BattleRef & { userIds: string[] };
  onBattleRequestEnded: BattleRef & { reason: string };
  onBattleStarted: { battleInfo: BattleInfo };
  onUserExitBattle: BattleRef & { userId: string; userLiveId: string; reason: BattleExitReason };
  onBattleSettling: BattleRef & { endsAt: number; settlesAt: number };
  /** Carries final scores, ranking and outcome. */
  onBattleEnded: { battleInfo: BattleInfo };
  onBattlePenaltyStarted: BattleRef & { loserUserIds: string[]; penaltyEndsAt: number };
  onBattlePenaltyEnded: BattleRef & { reason: string };
  onTextMessage: { message: TextMessage };
  onGift: { message: GiftMessage };
}

export type EventName = keyof EventMap;
/** An event with its place: `seq` is absent where not everybody in the live hears it. */
export type EventFrame<Name extends EventName> = { liveId: string; seq?: number; at: number; type: Name } & EventMap[Name];
