use super::*;

const SHORT: Duration = Duration::from_millis(20);

fn bounds() -> Bounds {
    Bounds {
        bytes: 64,
        ..Bounds::default()
    }
}

fn answer(size: usize) -> Bytes {
    vec![b'x'; size].into()
}

#[tokio::test]
async fn what_fits_waits_and_what_does_not_holds_the_stream_back() {
    let (answers, body) = answers(bounds());
    let mut read = body.into_data_stream();
    answers.send(answer(32)).await.unwrap();
    answers.send(answer(32)).await.unwrap();
    let mut beyond = Box::pin(answers.send(answer(1)));
    assert!(futures::poll!(&mut beyond).is_pending());
    assert_eq!(read.next().await.unwrap().unwrap().len(), 32);
    beyond.await.unwrap();
    // One larger than all the room takes all of it.
    let mut large = Box::pin(answers.send(answer(1_000)));
    assert!(futures::poll!(&mut large).is_pending());
    assert_eq!(read.next().await.unwrap().unwrap().len(), 32);
    assert_eq!(read.next().await.unwrap().unwrap().len(), 1);
    large.await.unwrap();
    assert_eq!(read.next().await.unwrap().unwrap().len(), 1_000);
    answers.finish().await;
    assert!(read.next().await.is_none());
}

#[tokio::test]
async fn who_does_not_read_is_cut_off_and_forgotten() {
    let bounds = Bounds {
        stall: SHORT,
        ..bounds()
    };
    let (answers, body) = answers(bounds);
    answers.send(answer(64)).await.unwrap();
    assert_eq!(answers.send(answer(1)).await, Err(CutOff));
    assert_eq!(answers.room.available_permits(), 64);
    assert!(body.into_data_stream().next().await.unwrap().is_err());
}

#[tokio::test]
async fn the_last_answers_are_waited_for_so_long_only() {
    let bounds = Bounds {
        stall: SHORT,
        ..bounds()
    };
    let (answers, body) = answers(bounds);
    answers.send(answer(5)).await.unwrap();
    answers.finish().await;
    assert!(body.into_data_stream().next().await.unwrap().is_err());
}

#[tokio::test]
async fn a_client_that_has_gone_holds_nothing() {
    let (answers, body) = answers(bounds());
    answers.send(answer(64)).await.unwrap();
    drop(body);
    answers.send(answer(64)).await.unwrap();
    answers.send(answer(64)).await.unwrap();
    answers.finish().await;
}

#[tokio::test]
async fn a_stream_without_lines_stalls_and_one_without_time_is_over() {
    let parts = futures::stream::iter([Ok::<_, std::io::Error>("{}\n{\"half")]);
    let body = Body::from_stream(parts.chain(futures::stream::pending()));
    let mut lines = Lines::new(body, 100);
    let (held, _body) = answers(Bounds {
        stall: SHORT,
        ..bounds()
    });
    assert_eq!(
        held.pace()
            .next(&mut lines, MAX_STALL)
            .await
            .unwrap()
            .number,
        1
    );
    assert_eq!(
        held.pace().next(&mut lines, MAX_STALL).await,
        Err(Stop::Stalled)
    );
    let (spent, _body) = answers(Bounds {
        total: Duration::ZERO,
        ..bounds()
    });
    let mut lines = Lines::new(Body::from("{}\n"), 100);
    assert_eq!(
        spent.pace().next(&mut lines, MAX_STALL).await,
        Err(Stop::Over)
    );
}
