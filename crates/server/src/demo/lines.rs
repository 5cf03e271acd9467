//! What bots say.

pub const STREAMER: &[&str] = &[
    "Welcome in, everyone. Seats are open.",
    "Anybody new here tonight? Say hi!",
    "Give me a second, the kettle is singing louder than I do.",
    "Who wants the next seat?",
    "Tell me where you are listening from.",
    "I read every message, promise.",
    "Good question. Let me think out loud.",
    "If you have a room of your own, invite me. I am up for a battle.",
    "We are just getting warm.",
    "Thank you for the likes!",
];

pub const STREAMER_IN_BATTLE: &[&str] = &[
    "Here we go! Let's move that bar.",
    "They are catching up, I can feel it.",
    "Every rose counts!",
    "Loser sings. I did not agree to that, but here we are.",
    "You are incredible. Keep it up!",
    "Nice move over there. Not for long.",
    "Last push, everybody!",
    "Whatever happens, that was close.",
];

pub const VISITOR: &[&str] = &[
    "hi all 👋",
    "love this room",
    "first time here, sounds great",
    "what did I miss?",
    "haha, so true",
    "could you say that again?",
    "greetings from Lisbon",
    "good evening from Accra",
    "it is 3 am here and I regret nothing",
    "can I take a seat?",
    "that laugh 😂",
    "the sound is really clear today",
    "back again, brought tea",
    "who is up for a battle?",
    "agreed",
    "no way!",
    "this is my favourite hour of the day",
    "say hi to my cat",
];

pub const VISITOR_IN_BATTLE: &[&str] = &[
    "go go go 🔥",
    "we can still win this",
    "that bar moves fast",
    "send roses, people 🌹",
    "come on, one rocket!",
    "what a comeback",
    "my heart cannot take this",
    "the other room is loud",
    "they are so close",
    "easy win 😎",
    "who is ahead?",
    "rematch after this, please",
];
